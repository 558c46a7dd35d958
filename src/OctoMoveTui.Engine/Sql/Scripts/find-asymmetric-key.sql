-- Q6. The key of a key store outside of SQL Server (EKM, such as Azure Key Vault) that encrypts the database, as this server calls it.
SELECT name FROM master.sys.asymmetric_keys WHERE CONVERT(varchar(60), thumbprint, 1) = @thumbprint;
