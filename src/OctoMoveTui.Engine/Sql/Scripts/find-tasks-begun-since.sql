-- Before the new server is taken back: what it began. A task that is queued in the old database and stands here would run a second time there.
SELECT Id AS id, QueueTime AS queued, State AS state
FROM dbo.ServerTask
WHERE StartTime >= @since
ORDER BY StartTime;
