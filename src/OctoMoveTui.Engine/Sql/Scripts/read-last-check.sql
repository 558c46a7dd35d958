-- Q16. The last DBCC CHECKDB that found nothing; since SQL Server 2016 SP2, NULL before and 1900-01-01 for never.
SELECT CAST(DATABASEPROPERTYEX(@db, 'LastGoodCheckDbTime') AS datetime) AS last_good_check;
