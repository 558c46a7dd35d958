-- Run in the database. Octopus keeps its documents as text (JSON) or compressed (JSONBlob); which of them a table has depends on its version.
SELECT t.name AS table_name, c.name AS column_name
FROM sys.columns AS c
JOIN sys.tables AS t ON t.object_id = c.object_id
JOIN sys.schemas AS s ON s.schema_id = t.schema_id
WHERE s.name = N'dbo' AND c.name IN (N'JSON', N'JSONBlob')
ORDER BY t.name, c.name;
