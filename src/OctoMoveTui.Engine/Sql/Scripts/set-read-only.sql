-- A clause is needed: without one ALTER DATABASE waits for ever behind open connections.
ALTER DATABASE {database} SET READ_ONLY WITH ROLLBACK AFTER 30 SECONDS;
