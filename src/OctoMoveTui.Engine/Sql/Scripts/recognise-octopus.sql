-- Q14. Run in a database that is in the way: Octopus Server's own table tells what it holds.
SELECT CASE WHEN OBJECT_ID(N'dbo.OctopusServerInstallationHistory') IS NULL THEN 0 ELSE 1 END AS is_octopus,
       (SELECT COUNT_BIG(*) FROM sys.tables) AS tables;
