-- Q8. Database snapshots: RESTORE and DROP are refused while they exist.
SELECT name FROM sys.databases WHERE source_database_id = DB_ID(@db) ORDER BY name;
