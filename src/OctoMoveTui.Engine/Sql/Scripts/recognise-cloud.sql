-- Q19. Amazon RDS has a database of its own, and another name for sa.
SELECT CASE WHEN DB_ID(N'rdsadmin') IS NOT NULL OR SUSER_SNAME(0x01) = N'rdsa' THEN 1 ELSE 0 END AS is_rds;
