-- Without an API key: how many packages the built-in repository of a space lists.
SELECT COUNT_BIG(*) AS found FROM dbo.NuGetPackage AS t WHERE {space} = @space;
