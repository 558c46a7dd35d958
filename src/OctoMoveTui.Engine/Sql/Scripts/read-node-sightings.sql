-- Run in the database. When each node last reported, by the id or the name of the node.
SELECT {column} AS node, LastSeen AS last_seen FROM {table};
