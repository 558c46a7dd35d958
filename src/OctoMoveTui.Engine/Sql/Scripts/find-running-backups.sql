-- Q15. Two backups of one database at a time are error 3023. Without VIEW SERVER STATE a login sees its own session only.
SELECT session_id, command, percent_complete, DB_NAME(database_id) AS database_name
FROM sys.dm_exec_requests
WHERE command LIKE N'BACKUP%' OR command LIKE N'RESTORE%';
