-- From a second connection, while BACKUP, RESTORE or CHECKDB runs in the first; times in milliseconds. Without VIEW SERVER STATE: no row.
SELECT command, CAST(percent_complete AS float) AS percent_complete, CAST(estimated_completion_time AS bigint) AS remaining, wait_type, blocking_session_id
FROM sys.dm_exec_requests
WHERE session_id = @session;
