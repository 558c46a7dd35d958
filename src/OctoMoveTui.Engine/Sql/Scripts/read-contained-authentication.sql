-- Q4. Whether this server lets contained databases in: the restore of one fails otherwise (error 12824).
SELECT CAST(value_in_use AS int) AS is_allowed FROM sys.configurations WHERE name = N'contained database authentication';
