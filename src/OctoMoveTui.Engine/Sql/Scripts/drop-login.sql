-- Only one that this move made. Refused while it owns a database or is logged in.
DROP LOGIN {login};
