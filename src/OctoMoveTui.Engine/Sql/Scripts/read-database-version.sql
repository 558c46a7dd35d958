-- Q3. The version of the database's own format. A backup never restores onto a server whose format is older (error 3169).
SELECT CAST(DATABASEPROPERTYEX(@db, 'Version') AS int) AS database_version;
