-- Which backup set the database of this name was last restored from; a row alone proves nothing (NORECOVERY leaves one, too).
SELECT TOP (1) rh.restore_date, rh.user_name, rh.[replace], rh.[recovery], bs.backup_set_uuid, bs.description, bs.server_name
FROM msdb.dbo.restorehistory AS rh
JOIN msdb.dbo.backupset AS bs ON bs.backup_set_id = rh.backup_set_id
WHERE rh.destination_database_name = @db AND rh.restore_type = 'D'
ORDER BY rh.restore_history_id DESC;
