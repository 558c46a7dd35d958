-- Octopus keeps one settings document a row.
SELECT JSON AS document FROM dbo.Configuration WHERE Id = @id;
