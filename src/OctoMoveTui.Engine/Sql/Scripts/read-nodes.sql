-- Run in the database. The server nodes; on a node IsInMaintenanceMode means that it drains.
SELECT Id AS id, Name AS name, {cap} AS task_cap, {drain} AS is_draining FROM dbo.OctopusServerNode ORDER BY Name;
