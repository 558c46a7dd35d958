-- Q5. Run in the database. Sizes in bytes: a restore needs what is allocated, a backup writes what is used.
SELECT name, type, type_desc, physical_name, CAST(size AS bigint) * 8192 AS size_bytes,
       CAST(FILEPROPERTY(name, 'SpaceUsed') AS bigint) * 8192 AS used_bytes
FROM sys.database_files;
