-- Run in the database. A user whose SID no login has is orphaned. COLLATE: server and database may be collated differently (error 468).
SELECT dp.name AS user_name, dp.type AS user_type, CONVERT(varchar(170), dp.sid, 1) AS sid, ls.name AS login_by_sid, ln.name AS login_by_name
FROM sys.database_principals AS dp
LEFT JOIN sys.server_principals AS ls ON ls.sid = dp.sid
LEFT JOIN sys.server_principals AS ln ON ln.name = dp.name COLLATE DATABASE_DEFAULT
WHERE dp.type IN ('S', 'U', 'G') AND dp.principal_id > 4 AND dp.sid IS NOT NULL AND dp.authentication_type IN (1, 3)
ORDER BY dp.name;
