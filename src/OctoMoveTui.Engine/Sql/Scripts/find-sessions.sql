-- Q17. Who is connected to the database besides this program.
SELECT session_id, login_name, host_name, program_name, status
FROM sys.dm_exec_sessions
WHERE database_id = DB_ID(@db) AND is_user_process = 1 AND session_id <> @@SPID AND program_name <> @program
ORDER BY session_id;
