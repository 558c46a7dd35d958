-- The server nodes that came along into the scratch database of a rehearsal.
DELETE FROM {table};
