-- Q3. Run in the database. What in it needs a higher edition: error 909 at the end of a restore.
SELECT feature_name FROM sys.dm_db_persisted_sku_features ORDER BY feature_name;
