-- Reads every row: an exact number, not the catalogue's.
SELECT COUNT_BIG(*) AS row_count FROM {table};
