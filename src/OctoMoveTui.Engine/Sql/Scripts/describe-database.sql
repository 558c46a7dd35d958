-- The database's row in the catalogue: no row means that there is none of that name (or no right to see it).
SELECT name, database_id, state, state_desc, user_access_desc, is_read_only, recovery_model_desc, compatibility_level,
       collation_name, is_read_committed_snapshot_on, is_encrypted, SUSER_SNAME(owner_sid) AS owner, create_date
FROM sys.databases
WHERE name = @db;
