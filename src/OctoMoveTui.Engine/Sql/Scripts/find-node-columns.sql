-- Run in the database. Which columns the tables of server nodes have in this version: LastSeen moved to a table of its own in 2019.
SELECT t.name AS table_name, c.name AS column_name
FROM sys.columns AS c
JOIN sys.tables AS t ON t.object_id = c.object_id
WHERE t.name = 'OctopusServerNode' OR t.name = 'OctopusServerNodeStatus'
ORDER BY t.name, c.column_id;
