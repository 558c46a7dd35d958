-- msdb gets its row only when a backup has finished.
SELECT TOP (1) bs.backup_set_uuid, bs.backup_start_date, bs.backup_finish_date, bs.backup_size, bs.position,
       bs.has_backup_checksums, bs.is_damaged, mf.physical_device_name
FROM msdb.dbo.backupset AS bs
JOIN msdb.dbo.backupmediafamily AS mf ON mf.media_set_id = bs.media_set_id
WHERE bs.database_name = @db AND bs.type = 'D' AND bs.description LIKE N'%run=' + @run + N'%'
ORDER BY bs.backup_set_id DESC;
