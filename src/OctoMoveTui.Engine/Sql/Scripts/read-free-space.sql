-- Q13. Volumes that hold files of some database; needs VIEW SERVER STATE.
SELECT DISTINCT vs.volume_mount_point AS volume, vs.available_bytes, vs.total_bytes
FROM sys.master_files AS f
CROSS APPLY sys.dm_os_volume_stats(f.database_id, f.file_id) AS vs;
