-- Run in the database, after its format was brought up to a newer version.
EXEC sys.sp_updatestats;
