-- Q4. The database's row in the catalogue: no row means that there is none of that name (or no right to see it).
SELECT name, database_id, state, state_desc, user_access_desc, is_read_only, recovery_model_desc, compatibility_level,
       collation_name, is_read_committed_snapshot_on, snapshot_isolation_state_desc, is_encrypted,
       is_published, is_subscribed, is_merge_published, is_distributor, is_cdc_enabled, is_auto_close_on, is_auto_shrink_on,
       page_verify_option_desc, containment, is_broker_enabled, is_trustworthy_on, is_db_chaining_on, source_database_id,
       CAST(replica_id AS nvarchar(36)) AS replica_id, SUSER_SNAME(owner_sid) AS owner, create_date
FROM sys.databases
WHERE name = @db;
