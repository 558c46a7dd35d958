-- Q16. The customer's own backups, newest first; times are local to the server.
SELECT TOP (5) backup_finish_date, type, is_copy_only, is_damaged
FROM msdb.dbo.backupset
WHERE database_name = @db
ORDER BY backup_set_id DESC;
