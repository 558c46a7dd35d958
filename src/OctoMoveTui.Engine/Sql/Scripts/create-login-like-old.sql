-- CHECK_POLICY = OFF: a hash can't be checked against a policy.
CREATE LOGIN {login} WITH PASSWORD = {hash} HASHED, SID = {sid}, DEFAULT_DATABASE = [master], CHECK_POLICY = OFF;
