-- Which version of Octopus Server last ran on this database.
SELECT TOP (1) [Version] AS version, Node AS node FROM dbo.OctopusServerInstallationHistory ORDER BY Installed DESC;
