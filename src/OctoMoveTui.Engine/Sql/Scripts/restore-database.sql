-- WITH RECOVERY, not NORECOVERY: no later backup will follow, because the old server is stopped.
RESTORE DATABASE @db
FROM {devices}
WITH FILE = @position,
     {moves},
     RECOVERY, CHECKSUM, STOP_ON_ERROR, STATS = 1{replace};
