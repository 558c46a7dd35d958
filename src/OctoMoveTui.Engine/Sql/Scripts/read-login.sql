-- With SID and hash a login is the same on another server. The hash is NULL without CONTROL SERVER.
SELECT name, sid, CAST(LOGINPROPERTY(name, 'PasswordHash') AS varbinary(256)) AS password_hash, is_disabled
FROM sys.sql_logins
WHERE CONVERT(varchar(170), sid, 1) = @sid;
