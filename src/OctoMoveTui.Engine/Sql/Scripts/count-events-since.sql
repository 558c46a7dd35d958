-- The audit log, where this version keeps it so.
SELECT COUNT_BIG(*) AS events FROM dbo.Event WHERE Occurred >= @since;
