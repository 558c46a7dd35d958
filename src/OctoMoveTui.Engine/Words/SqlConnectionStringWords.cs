using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said about connection strings before anybody is connected to.</summary>
internal static class SqlConnectionStringWords
{
    private const string Example = "It looks like: Server=sql.example.com;Database=Octopus;User ID=octopus;Password=…;Encrypt=True";

    public static string LeftOut(string keyword) =>
        $"{keyword} in the connection string is a keyword of older clients; today's refuses it. octomove leaves it out: "
        + (keyword.StartsWith("Net", StringComparison.OrdinalIgnoreCase) ? "the way to the server is chosen by itself." : "nothing depends on it here.");

    public static MoveFailure Unreadable() => New(
        FailureCause.Usage, "The connection string can't be read.", "A value that has a semicolon or a quote in it goes in quotes.", Example);

    public static MoveFailure UnknownKeyword(string keyword) => New(
        FailureCause.Usage, $"The connection string can't be read: it has the keyword {keyword}, which no client of SQL Server knows.",
        "It is misspelled, or belongs to ODBC or OLE DB.", $"Correct or remove {keyword}.", Example);

    public static MoveFailure UnusableValue(string keyword) => New(
        FailureCause.Usage, $"The connection string can't be read: {keyword} has a value that the client of SQL Server does not take.", "",
        $"Correct or remove {keyword}.", Example);

    public static MoveFailure EntraLogin(string server, string method) => New(
        FailureCause.SqlConnection, $"octomove can't log in to the SQL Server {server} with {method}.",
        "Logins of Microsoft Entra ID need an extension of the client that octomove does not bring.",
        "Use a SQL login: User ID=…;Password=…",
        "Or Windows authentication: Integrated Security=True.");

    public static MoveFailure LocalDbElsewhere(string server, string machine) => New(
        FailureCause.SqlConnection, $"{server} can't be reached from here: LocalDB answers only on {machine}, and only the account that it runs as.", "",
        $"Run octomove on {machine}, as the account of Octopus Server.",
        "Or restore the database on a real SQL Server first: LocalDB is not meant for servers.");

    public static MoveFailure LocalDbNotHere(string server) => New(
        FailureCause.SqlConnection, $"{server} can't be reached from here: LocalDB exists on Windows only.", "",
        "Name a SQL Server in the connection string: Server=host,port.");

    public static MoveFailure NotOpened(string server, string why) => New(
        FailureCause.SqlConnection, $"The client of SQL Server could not use the connection string for {server}.", why,
        "Check the connection string: files that it names must exist on this machine, and what it asks for must be available here.");

    private static MoveFailure New(FailureCause cause, string what, string why, params string[] toDo) => new(new FailureReport(cause, what, why, toDo));
}
