-- The same question as the REST API's, for the time when the server is stopped or no API key is at hand.
SELECT Id AS id, Description AS description, State AS state, SpaceId AS space, StartTime AS started, HasPendingInterruptions AS waits_for_person
FROM dbo.ServerTask
WHERE State IN ('Executing', 'Cancelling')
ORDER BY QueueTime;
