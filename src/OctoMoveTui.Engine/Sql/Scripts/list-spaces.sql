-- Without an API key: the spaces.
SELECT Id AS id, Name AS name FROM dbo.[Space] ORDER BY Id;
