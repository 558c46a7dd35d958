-- For very large databases: pages and checksums, without the logical checks. Clean = no messages at all.
DBCC CHECKDB (@db) WITH PHYSICAL_ONLY, NO_INFOMSGS, ALL_ERRORMSGS;
