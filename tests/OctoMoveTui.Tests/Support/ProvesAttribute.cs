namespace OctoMoveTui.Tests.Support;

/// <summary>
/// What a test proves: a question of the SQL Server checks ("Q7") or an error number that ends as advice ("3201"). The table of
/// docs/sql-server-proofs.md is made of these.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class ProvesAttribute(params string[] what) : Attribute
{
    public IReadOnlyList<string> What => what;
}
