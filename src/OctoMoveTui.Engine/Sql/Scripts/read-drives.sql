-- Q13. Since SQL Server 2017: drives without files of a database, too.
SELECT fixed_drive_path AS volume, free_space_in_bytes AS available_bytes FROM sys.dm_os_enumerate_fixed_drives;
