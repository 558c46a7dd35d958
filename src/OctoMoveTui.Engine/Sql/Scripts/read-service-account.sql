-- Q10. Whose rights on folders and shares count. Needs VIEW SERVER STATE.
SELECT servicename, service_account, status_desc, instant_file_initialization_enabled
FROM sys.dm_server_services
WHERE servicename LIKE N'SQL Server (%';
