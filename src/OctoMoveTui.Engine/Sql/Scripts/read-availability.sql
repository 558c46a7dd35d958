-- Q7. Availability group and mirroring: either refuses SET READ_ONLY (error 1468) and a restore over it (error 3104).
SELECT CAST(d.replica_id AS nvarchar(36)) AS replica_id, m.mirroring_state_desc
FROM sys.databases AS d
LEFT JOIN sys.database_mirroring AS m ON m.database_id = d.database_id AND m.mirroring_guid IS NOT NULL
WHERE d.name = @db;
