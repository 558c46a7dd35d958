SELECT COUNT_BIG(*) AS script_count, MAX(Id) AS newest FROM dbo.SchemaVersions;
