-- Needs sysadmin; removes backup files and nothing else.
EXEC master.sys.xp_delete_file 0, @file;
