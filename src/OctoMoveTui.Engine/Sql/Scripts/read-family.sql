-- Which database this is a copy of: the family GUID travels with every backup.
SELECT family_guid FROM sys.database_recovery_status WHERE database_id = DB_ID(@db);
