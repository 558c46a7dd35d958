-- Without an API key: the last task of a kind in a space. A version without spaces gets the space's own name for the column.
SELECT TOP (1) t.Id AS id
FROM dbo.ServerTask AS t
WHERE t.Name = @name AND {space} = @space
ORDER BY t.QueueTime DESC;
