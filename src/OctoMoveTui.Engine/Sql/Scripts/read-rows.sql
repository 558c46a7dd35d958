-- One page, by key: neither memory nor a lock grows with the table.
SELECT TOP (@page) Id AS id{columns} FROM {table} WHERE Id > @after ORDER BY Id;
