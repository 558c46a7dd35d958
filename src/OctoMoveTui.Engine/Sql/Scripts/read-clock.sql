-- Q20. msdb has the server's local time; the offset tells what that is in UTC.
SELECT SYSUTCDATETIME() AS utc, DATEPART(TZOFFSET, SYSDATETIMEOFFSET()) AS offset_minutes;
