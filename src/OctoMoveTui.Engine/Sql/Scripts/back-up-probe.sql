-- Q12. About a second: shows that the service account can write there, and gives the new server something to read.
BACKUP DATABASE @db
TO {devices}
WITH COPY_ONLY, CHECKSUM, FORMAT, INIT, SKIP, NAME = @name, DESCRIPTION = @description, MEDIANAME = @media;
