-- Q11. As the server sees it. Columns "File Exists", "File is a Directory", "Parent Directory Exists"; 0 from a login without sysadmin
-- means "unknown", not "no".
EXEC master.dbo.xp_fileexist @path;
