-- Asked right before the service is stopped: the database knows as well as the REST API does.
SELECT Id AS id, Description AS description
FROM dbo.ServerTask
WHERE State IN ('Executing', 'Cancelling')
ORDER BY QueueTime;
