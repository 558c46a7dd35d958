-- Octopus Server's account of the scripts that made this database's schema: how many, and the newest. A schema upgrade adds to it.
SELECT TOP (1) ScriptName AS newest_script, (SELECT COUNT_BIG(*) FROM dbo.SchemaVersions) AS scripts
FROM dbo.SchemaVersions
ORDER BY Id DESC;
