-- Works in state RESTORING too, and deletes the files.
DROP DATABASE {database};
