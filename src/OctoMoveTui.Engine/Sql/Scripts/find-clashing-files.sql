-- Files of other databases that lie where ours would go.
SELECT DB_NAME(database_id) AS database_name, physical_name
FROM sys.master_files
WHERE physical_name = @path AND (DB_NAME(database_id) IS NULL OR DB_NAME(database_id) <> @db);
