-- Before a RESTORE over a database that somebody may be connected to (error 3101).
ALTER DATABASE {database} SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
