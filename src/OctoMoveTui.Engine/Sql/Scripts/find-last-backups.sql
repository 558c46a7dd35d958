-- Q16. The customer's own full backups, newest first, without those that octomove takes; times are local to the server.
SELECT TOP (5) backup_finish_date, type, is_copy_only, is_damaged
FROM msdb.dbo.backupset
WHERE database_name = @db AND type = 'D' AND (name IS NULL OR name NOT LIKE N'OctoMoveTui%')
ORDER BY backup_set_id DESC;
