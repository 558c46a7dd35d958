-- Without an API key: how many deployment targets of a space poll the server.
SELECT COUNT_BIG(*) AS found FROM dbo.Machine AS t WHERE t.CommunicationStyle = 'TentacleActive' AND {space} = @space;
