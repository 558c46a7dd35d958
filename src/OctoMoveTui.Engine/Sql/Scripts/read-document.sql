-- One document, as text or compressed.
SELECT {document} FROM {table} WHERE Id = @id;
