-- Extensions by which the copy would speak in the name of the original.
SELECT COUNT_BIG(*) AS row_count FROM dbo.ExtensionConfiguration WHERE Id IN (N'authentication-octopusid', N'jira-integration');
