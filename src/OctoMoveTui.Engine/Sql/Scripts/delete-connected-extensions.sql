-- Extensions by which the copy would speak in the name of the original.
DELETE FROM dbo.ExtensionConfiguration WHERE Id IN (N'authentication-octopusid', N'jira-integration');
