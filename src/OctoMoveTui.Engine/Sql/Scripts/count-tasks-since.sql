-- After the point of no return: what exists on the new server alone.
SELECT COUNT_BIG(*) AS tasks, COALESCE(SUM(CASE WHEN Name IN ('Deploy', 'RunbookRun') THEN 1 ELSE 0 END), 0) AS deployments
FROM dbo.ServerTask
WHERE QueueTime BETWEEN @since AND SYSDATETIMEOFFSET();
