-- The domain of the machine that SQL Server runs on.
SELECT DEFAULT_DOMAIN() AS domain_name, CAST(SERVERPROPERTY('MachineName') AS nvarchar(128)) AS machine_name;
