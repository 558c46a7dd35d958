-- msdb gets its row only when a backup has finished.
SELECT TOP (1) bs.backup_set_uuid, bs.backup_start_date, bs.backup_finish_date, bs.backup_size, bs.compressed_backup_size, bs.position,
       bs.first_lsn, bs.last_lsn, bs.checkpoint_lsn, bs.database_backup_lsn, bs.family_guid,
       bs.has_backup_checksums, bs.is_damaged
FROM msdb.dbo.backupset AS bs
WHERE bs.database_name = @db AND bs.type = 'D' AND bs.description LIKE N'%run=' + @run + N'%'
ORDER BY bs.backup_set_id DESC;
