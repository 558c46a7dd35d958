-- Run in the database by a sysadmin: what a login could do there, for accounts that nobody can log in as from here.
EXECUTE AS LOGIN = {login};
SELECT SUSER_SNAME() AS login_name, IS_MEMBER('db_owner') AS db_owner;
REVERT;
