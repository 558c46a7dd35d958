-- Sensitive values sit inside the JSON as "cipher|salt"; a few hundred documents are enough to prove a key.
SELECT TOP (500) Id AS id, JSON AS document FROM dbo.VariableSet ORDER BY Id;
