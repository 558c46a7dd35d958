-- Sensitive values sit inside the documents as "cipher|salt"; a few hundred documents are enough to prove a key.
SELECT TOP (500) Id AS id, {document} FROM {table} ORDER BY Id;
