-- TO URL and FROM URL need a credential that is named like the container's or bucket's URL.
SELECT name, credential_identity FROM sys.credentials WHERE @url LIKE name + N'%';
