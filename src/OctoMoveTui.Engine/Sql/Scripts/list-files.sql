-- Run in the database. Sizes in bytes: the allocated size is what a restore needs.
SELECT name, type_desc, physical_name, CAST(size AS bigint) * 8192 AS size_bytes
FROM sys.database_files;
