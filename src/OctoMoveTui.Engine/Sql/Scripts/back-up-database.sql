-- COPY_ONLY leaves the customer's own chain of backups whole. FORMAT: a new media set in a file that was proven to be free.
BACKUP DATABASE @db
TO {devices}
WITH COPY_ONLY, CHECKSUM, STOP_ON_ERROR, FORMAT, INIT, SKIP, {compression},
     STATS = 1, NAME = @name, DESCRIPTION = @description, MEDIANAME = @media;
