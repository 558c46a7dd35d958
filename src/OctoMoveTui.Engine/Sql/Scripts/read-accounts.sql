SELECT TOP (500) Id AS id, JSON AS document FROM dbo.Account ORDER BY Id;
