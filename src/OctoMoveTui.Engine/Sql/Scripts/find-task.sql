-- Without an API key: what became of a task.
SELECT State AS state, ErrorMessage AS error FROM dbo.ServerTask WHERE Id = @id;
