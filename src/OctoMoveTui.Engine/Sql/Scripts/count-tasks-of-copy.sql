-- In the scratch database of a rehearsal: tasks of the original that the copy would take up.
SELECT COUNT_BIG(*) AS row_count FROM dbo.ServerTask WHERE State IN (N'Queued', N'Executing', N'Cancelling');
