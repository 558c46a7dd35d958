-- Q6. Transparent data encryption: state 3 is encrypted; 2, 4, 5 and 6 are changing. No row: never encrypted.
SELECT encryption_state, encryptor_type, CONVERT(varchar(60), encryptor_thumbprint, 1) AS thumbprint
FROM sys.dm_database_encryption_keys
WHERE database_id = DB_ID(@db);
