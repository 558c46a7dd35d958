-- Before a RESTORE over a database that somebody may be connected to (error 3101): cuts them off, and nobody comes in between.
ALTER DATABASE {database} SET OFFLINE WITH ROLLBACK IMMEDIATE;
