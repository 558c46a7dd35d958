-- The login that restores owns the database afterwards; the new owner must not be a user in it as well (error 15110).
ALTER AUTHORIZATION ON DATABASE::{database} TO {login};
