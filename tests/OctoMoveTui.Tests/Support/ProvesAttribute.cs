namespace OctoMoveTui.Tests.Support;

/// <summary>
/// What a test proves: a question of the SQL Server checks ("Q7"), an error number that ends as advice ("3201"), or that one of the known
/// ways in which moves go wrong is detected or prevented ("P7"). The tables of docs/sql-server-proofs.md and docs/octopus-proofs.md are made of these.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class ProvesAttribute(params string[] what) : Attribute
{
    public IReadOnlyList<string> What => what;
}
