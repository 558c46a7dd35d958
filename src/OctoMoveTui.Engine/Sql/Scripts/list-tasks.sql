-- Without an API key: the tasks that are left. What this version of Octopus has no column for is filled in as NULL.
SELECT t.Id AS id, t.Name AS name, t.Description AS description, t.State AS state, t.QueueTime AS queued, t.StartTime AS started,
       {waits} AS waits, {node} AS node, {space} AS space, {details} AS details
FROM dbo.ServerTask AS t
WHERE t.State IN ('New', 'Queued', 'Executing', 'Cancelling')
ORDER BY t.QueueTime;
