-- Q10. The same without a column that SQL Server 2016 has only since SP1 (else error 207). Needs VIEW SERVER STATE.
SELECT service_account
FROM sys.dm_server_services
WHERE servicename LIKE N'SQL Server (%';
