namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>SQL Server's errors in SQL Server's words. Where a state is known from captures of real servers, it is that one.</summary>
internal static class SqlErrors
{
    private static SqlServerException Error(int number, byte severity, string text, byte state = 1) => new(new SqlMessage(number, state, severity, text));

    // ---- what the double doesn't understand ------------------------------------------------------------------------------------

    public static SqlServerException Syntax(string near, int line = 1) =>
        new(new SqlMessage(102, 1, 15, $"Incorrect syntax near '{near}'.", line));

    public static SqlServerException NotModelled(string what) =>
        Error(40515, 16, $"'{what}' is not supported in this version of SQL Server.");

    public static SqlServerException UnknownObject(string name) => Error(208, 16, $"Invalid object name '{name}'.");
    public static SqlServerException UnknownColumn(string name) => Error(207, 16, $"Invalid column name '{name}'.");
    public static SqlServerException UnboundIdentifier(string name) => Error(4104, 16, $"The multi-part identifier \"{name}\" could not be bound.");
    public static SqlServerException AmbiguousColumn(string name) => Error(209, 16, $"Ambiguous column name '{name}'.");
    public static SqlServerException UnknownFunction(string name) => Error(195, 15, $"'{name}' is not a recognized built-in function name.", 10);
    public static SqlServerException WrongArguments(string name, int count) => Error(174, 15, $"The {name} function requires {count} argument(s).");
    public static SqlServerException UnknownProcedure(string name) => Error(2812, 16, $"Could not find stored procedure '{name}'.", 62);
    public static SqlServerException UnknownType(string name) => Error(2715, 16, $"Column, parameter, or variable #1: Cannot find data type {name}.", 6);
    public static SqlServerException UnknownVariable(string name) => Error(137, 15, $"Must declare the scalar variable \"{name}\".", 2);
    public static SqlServerException DuplicateVariable(string name) =>
        Error(134, 15, $"The variable name '{name}' has already been declared. Variable names must be unique within a query batch or stored procedure.");
    public static SqlServerException MissingParameter(string statement, string parameter) =>
        Error(8178, 16, $"The parameterized query '{statement}' expects the parameter '{parameter}', which was not supplied.");
    public static SqlServerException TypeClash(string left, string right) => Error(206, 16, $"Operand type clash: {left} is incompatible with {right}", 2);
    public static SqlServerException CollationConflict(string left, string right, string operation) => Error(468, 16,
        $"Cannot resolve the collation conflict between \"{left}\" and \"{right}\" in the {operation} operation.", 9);
    public static SqlServerException Ungrouped(string column) => Error(8120, 16,
        $"Column '{column}' is invalid in the select list because it is not contained in either an aggregate function or the GROUP BY clause.");

    // ---- values ----------------------------------------------------------------------------------------------------------------

    public static SqlServerException CannotConvert(string from, string value, string to) =>
        Error(245, 16, $"Conversion failed when converting the {from} value '{value}' to data type {to}.");
    public static SqlServerException CannotConvertType(string from, string to) => Error(8114, 16, $"Error converting data type {from} to {to}.", 5);
    public static SqlServerException NotADate() => Error(241, 16, "Conversion failed when converting date and/or time from character string.");
    public static SqlServerException NotAGuid() => Error(8169, 16, "Conversion failed when converting from a character string to uniqueidentifier.", 2);
    public static SqlServerException Overflow(string type) => Error(8115, 16, $"Arithmetic overflow error converting expression to data type {type}.", 2);
    public static SqlServerException DivideByZero() => Error(8134, 16, "Divide by zero error encountered.");
    public static SqlServerException WouldTruncate(string table, string column, string value) =>
        Error(2628, 16, $"String or binary data would be truncated in table '{table}', column '{column}'. Truncated value: '{value}'.");
    public static SqlServerException ManyValues() => Error(512, 16,
        "Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, >= or when the subquery is used as an expression.");

    // ---- constraints -----------------------------------------------------------------------------------------------------------

    public static SqlServerException NullNotAllowed(string column, string table, string verb) => Error(515, 16,
        $"Cannot insert the value NULL into column '{column}', table '{table}'; column does not allow nulls. {verb} fails.", 2);
    public static SqlServerException DuplicateKey(string constraint, string table) => Error(2627, 14,
        $"Violation of PRIMARY KEY constraint '{constraint}'. Cannot insert duplicate key in object '{table}'.");
    public static SqlServerException DuplicateIndexRow(string table, string index) => Error(2601, 14,
        $"Cannot insert duplicate key row in object '{table}' with unique index '{index}'.");
    public static SqlServerException ForeignKey(string verb, string database) => Error(547, 16,
        $"The {verb} statement conflicted with the FOREIGN KEY constraint. The conflict occurred in database \"{database}\".", 0);
    public static SqlServerException ObjectExists(string name) => Error(2714, 16, $"There is already an object named '{name}' in the database.", 6);
    public static SqlServerException CannotDrop(string kind, string name) => Error(3701, 11,
        $"Cannot drop the {kind} '{name}', because it does not exist or you do not have permission.", 5);
    public static SqlServerException FewerValues() => Error(109, 15,
        "There are more columns in the INSERT statement than values specified in the VALUES clause. The number of values in the VALUES clause must match the number of columns specified in the INSERT statement.");
    public static SqlServerException MoreValues() => Error(110, 15,
        "There are fewer columns in the INSERT statement than values specified in the VALUES clause. The number of values in the VALUES clause must match the number of columns specified in the INSERT statement.");
    public static SqlServerException ColumnCountMismatch() => Error(213, 16, "Column name or number of supplied values does not match table definition.");
    public static SqlServerException IdentityInsertOff(string table) => Error(544, 16,
        $"Cannot insert explicit value for identity column in table '{table}' when IDENTITY_INSERT is set to OFF.");
    public static SqlServerException IdentityUpdate(string column) => Error(8102, 16, $"Cannot update identity column '{column}'.");

    // ---- login, sessions, transactions -----------------------------------------------------------------------------------------

    public static SqlMessage LoginFailed(string user, byte state = 1) => new(18456, state, 14, $"Login failed for user '{user}'.");
    public static SqlMessage CannotOpenDatabase(string database) =>
        new(4060, 1, 11, $"Cannot open database \"{database}\" requested by the login. The login failed.");
    public static SqlServerException NoTransaction(string verb) => verb == "COMMIT"
        ? Error(3902, 16, "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.")
        : Error(3903, 16, "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.");
    public static SqlServerException DdlInTransaction(string statement) => Error(226, 16, $"{statement} statement not allowed within multi-statement transaction.", 6);
    public static SqlServerException LockTimeout() => Error(1222, 16, "Lock request time out period exceeded.", 45);
    public static SqlServerException UnknownSession(long id) => Error(6106, 16, $"Process ID {id} is not an active process ID.", 2);
    public static SqlServerException OwnSession() => Error(6104, 16, "Cannot use KILL to kill your own process.");

    // ---- databases -------------------------------------------------------------------------------------------------------------

    public static SqlServerException UnknownDatabase(string name, byte state = 1) => Error(911, 16,
        $"Database '{name}' does not exist. Make sure that the name is entered correctly.", state);
    public static SqlServerException DatabaseExists(string name) => Error(1801, 16, $"Database '{name}' already exists. Choose a different database name.", 3);
    public static SqlServerException NoAccess(string login, string database) => Error(916, 14,
        $"The server principal \"{login}\" is not able to access the database \"{database}\" under the current security context.", 2);
    public static SqlServerException Offline(string database) => Error(942, 14, $"Database '{database}' cannot be opened because it is offline.", 4);
    public static SqlServerException Restoring(string database) => Error(927, 14, $"Database '{database}' cannot be opened. It is in the middle of a restore.", 2);
    public static SqlServerException SingleUserTaken(string database) => Error(924, 14,
        $"Database '{database}' is already open and can only have one user at a time.");
    public static SqlServerException SingleUserConnected(string database) => Error(5064, 16,
        $"Changes to the state or options of database '{database}' cannot be made at this time. The database is in single-user mode, and a user is currently connected to it.");
    public static SqlServerException ReadOnlyDatabase(string database) => Error(3906, 16,
        $"Failed to update database \"{database}\" because the database is read-only.");
    public static SqlServerException DatabaseInUse(string database) => Error(3702, 16,
        $"Cannot drop database \"{database}\" because it is currently in use.", 4);
    public static SqlServerException CannotDropDatabase(string database) => Error(3701, 11,
        $"Cannot drop the database '{database}', because it does not exist or you do not have permission.");
    public static SqlServerException SystemDatabase(string database) => Error(3708, 16,
        $"Cannot drop the database '{database}' because it is a system database.", 5);
    public static SqlServerException InMirroringOrGroup(string database) => Error(1468, 16,
        $"The operation cannot be performed on database \"{database}\" because it is involved in a database mirroring session or an availability group. Some operations are not allowed on a database that is participating in a database mirroring session or in an availability group.");
    public static SqlServerException AlterWouldWait(string database) => new(
        new SqlMessage(5070, 2, 16, $"Database state cannot be changed while other users are using the database '{database}'"), AlterFailed);
    public static readonly SqlMessage AlterFailed = new(5069, 1, 16, "ALTER DATABASE statement failed.");

    // ---- permissions and principals --------------------------------------------------------------------------------------------

    public static SqlServerException Denied(string permission, string database) => Error(262, 14,
        $"{permission} permission denied in database '{database}'.");
    public static SqlServerException ObjectDenied(string permission, string table, string database, string schema) => Error(229, 14,
        $"The {permission} permission was denied on the object '{table}', database '{database}', schema '{schema}'.", 5);
    public static SqlServerException ViewServerStateDenied(int major) => new(
        new SqlMessage(300, 1, 14, $"{(major >= 16 ? "VIEW SERVER PERFORMANCE STATE" : "VIEW SERVER STATE")} permission was denied on object 'server', database 'master'."),
        new SqlMessage(297, 1, 16, "The user does not have permission to perform this action."));
    public static SqlServerException NotAllowed() => Error(15247, 16, "User does not have permission to perform this action.");
    public static SqlServerException ExecuteDenied(string procedure) => Error(229, 14,
        $"The EXECUTE permission was denied on the object '{procedure}', database 'mssqlsystemresource', schema 'sys'.", 5);
    public static SqlServerException UnknownPrincipal(string kind, string name, string verb = "alter") => Error(15151, 16,
        $"Cannot {verb} the {kind} '{name}', because it does not exist or you do not have permission.");
    public static SqlServerException UnknownLogin(string name) => Error(15007, 16, $"'{name}' is not a valid login or you do not have permission.");
    public static SqlServerException LoginExists(string name) => Error(15025, 16, $"The server principal '{name}' already exists.");
    public static SqlServerException UserExists(string name) => Error(15023, 16, $"User, group, or role '{name}' already exists in the current database.");
    public static SqlServerException LoginHasUser() => Error(15063, 16, "The login already has an account under a different user name.");
    public static SqlServerException OwnerIsUser() => Error(15110, 16, "The proposed new database owner is already a user or aliased in the database.");
}
