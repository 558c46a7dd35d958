-- Which columns a table has differs between versions of Octopus.
SELECT c.name AS column_name
FROM sys.columns AS c
JOIN sys.tables AS t ON t.object_id = c.object_id
JOIN sys.schemas AS s ON s.schema_id = t.schema_id
WHERE t.name = @name AND s.name = 'dbo';
