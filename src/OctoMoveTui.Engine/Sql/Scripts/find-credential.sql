-- Q11. TO URL and FROM URL need a credential that is named exactly like the container or bucket (a / at its end is tolerated), or, with S3, like a
-- folder within it. A name that only begins like it is another container's.
SELECT name, credential_identity
FROM sys.credentials
WHERE LEN(name) >= LEN(@container)
  AND LEFT(@within, LEN(name)) = name
  AND (name = @container OR RIGHT(name, 1) = N'/' OR SUBSTRING(@within, LEN(name) + 1, 1) = N'/');
