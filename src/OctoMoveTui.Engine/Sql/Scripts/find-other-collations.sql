-- Q4. Run in the database. Columns that are collated differently from the database itself: comparing them with others is error 468.
SELECT TOP (20) s.name AS schema_name, t.name AS table_name, c.name AS column_name, c.collation_name
FROM sys.columns AS c
JOIN sys.tables AS t ON t.object_id = c.object_id
JOIN sys.schemas AS s ON s.schema_id = t.schema_id
WHERE c.collation_name IS NOT NULL AND c.collation_name <> @collation
ORDER BY s.name, t.name, c.name;
