-- The default backup folder before SQL Server 2019; needs sysadmin. Columns Value and Data.
EXEC master.dbo.xp_instance_regread N'HKEY_LOCAL_MACHINE', N'Software\Microsoft\MSSQLServer\MSSQLServer', N'BackupDirectory';
