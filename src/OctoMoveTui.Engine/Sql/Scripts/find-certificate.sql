-- Q6. Run in master of the new server: the certificate, with its private key, that opens the old database's backups (else error 33111).
SELECT name, pvt_key_encryption_type_desc AS private_key
FROM master.sys.certificates
WHERE CONVERT(varchar(60), thumbprint, 1) = @thumbprint;
