-- Octopus keeps one settings document a row.
UPDATE dbo.Configuration SET JSON = @document WHERE Id = @id;
