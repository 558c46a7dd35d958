ALTER ROLE db_owner ADD MEMBER {user};
