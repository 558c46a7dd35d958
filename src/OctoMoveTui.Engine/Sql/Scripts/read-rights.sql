-- Q9. 1 = has it, 0 = has it not, NULL = the database is not there.
SELECT SUSER_SNAME() AS login_name,
       IS_SRVROLEMEMBER('sysadmin') AS sysadmin,
       IS_SRVROLEMEMBER('dbcreator') AS dbcreator,
       HAS_PERMS_BY_NAME(NULL, NULL, 'CREATE ANY DATABASE') AS create_any_database,
       HAS_PERMS_BY_NAME(NULL, NULL, 'ALTER ANY DATABASE') AS alter_any_database,
       HAS_PERMS_BY_NAME(NULL, NULL, 'ALTER ANY LOGIN') AS alter_any_login,
       HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE') AS view_server_state,
       HAS_PERMS_BY_NAME(QUOTENAME(@db), 'DATABASE', 'BACKUP DATABASE') AS backup_database,
       HAS_PERMS_BY_NAME(QUOTENAME(@db), 'DATABASE', 'ALTER') AS alter_database,
       HAS_PERMS_BY_NAME(QUOTENAME(@db), 'DATABASE', 'SELECT') AS read_database;
