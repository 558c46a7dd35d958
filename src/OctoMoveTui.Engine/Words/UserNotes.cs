using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said of owner, logins and users of the restored database.</summary>
internal static class UserNotes
{
    internal const string KeepsOwner = "The login that restored keeps owning the database: it has no right to give it away. Octopus Server does not mind.";

    internal const string TriedAsOurselves =
        "octomove logged in with its own Windows account, which is the service's: that is what Octopus Server will do.";

    internal static string OwnerSet(string owner) => $"The database belongs to {owner}.";

    internal static string Mapped(string user) => $"User {user} was orphaned and belongs to the login {user} again.";

    internal static string LoginCopied(string login) => $"The login {login} is made on the new SQL Server with the SID and the password that it has on the old one.";

    internal static string WindowsLoginMade(string login) => $"The login {login} is made on the new SQL Server, from Windows.";

    internal static string MachineBound(string user) =>
        $"User {user} is an account of the old machine and means nothing on the new SQL Server. It is left as it is; Octopus Server does not need it.";

    internal static string OrphanLeft(string user) =>
        $"User {user} has no login on the new SQL Server. Octopus Server does not need it. Who does: a sysadmin reads the login's SID and hash on the old SQL "
        + $"Server (sys.sql_logins), and makes [{user}] with both on the new one (CREATE LOGIN … HASHED, SID = …); nothing has to be mapped then.";

    internal static string IsDbOwner(string login) => $"{login}, logged in with the connection string of the new server, is db_owner.";

    internal static string IsDbOwnerAsFarAsAsked(string login) =>
        $"SQL Server says that {login} is db_owner (asked with EXECUTE AS LOGIN: octomove can't log in as that account).";

    internal static string NotProven(string login) =>
        $"octomove can neither log in as {login} nor ask what it may do. Have a SQL Server administrator make sure that it is db_owner in the database.";

    internal static MoveFailure WindowsLoginMissing(string login, string server, string? raw) => new(new(
        FailureCause.SqlRight, $"The new Octopus Server will log in to {server} as {login}, and {server} has no such login.", "octomove may not make it, or Windows does not know that account.",
        [$"Have a SQL Server administrator run there: CREATE LOGIN [{login}] FROM WINDOWS;",
         "If the service will run under another account: name it in New:ServiceAccount (DOMAIN\\name).", "Or use a SQL login in the new connection string."], raw));
}
