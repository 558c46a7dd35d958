-- What in the scratch database of a rehearsal could still act.
SELECT COUNT_BIG(*) AS row_count FROM {table} WHERE IsDisabled = 0;
