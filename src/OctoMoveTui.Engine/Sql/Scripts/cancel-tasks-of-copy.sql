-- In the scratch database of a rehearsal: what was queued or at work on the original must not be done a second time by the copy.
UPDATE dbo.ServerTask SET State = N'Canceled' WHERE State IN (N'Queued', N'Executing', N'Cancelling');
