-- Run in the database, as the login that Octopus Server will use.
SELECT SUSER_SNAME() AS login_name, USER_NAME() AS user_name, IS_MEMBER('db_owner') AS db_owner, DB_NAME() AS database_name;
