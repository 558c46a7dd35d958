-- The login that restores owns the database afterwards; an owner must not be a user in it as well (error 15063).
ALTER AUTHORIZATION ON DATABASE::{database} TO {login};
