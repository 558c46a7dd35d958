-- Clean = no messages at all.
DBCC CHECKDB (@db) WITH NO_INFOMSGS, ALL_ERRORMSGS;
