namespace OctoMoveTui.Sandbox;

/// <summary>What nobody may find in anything that octomove writes.</summary>
public sealed record WorldSecrets
{
    /// <summary>Base64, as <c>show-master-key</c> prints it.</summary>
    public required string MasterKey { get; init; }

    /// <summary>Of an administrator.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Of a person who may deploy and nothing more.</summary>
    public required string DeployerApiKey { get; init; }

    /// <summary>Of the login <c>octopus</c> on the old SQL Server.</summary>
    public required string OldSqlPassword { get; init; }

    /// <summary>Of the administrator <c>dba</c> on the old SQL Server; octomove is never told.</summary>
    public required string OldAdminPassword { get; init; }

    /// <summary>Of the login <c>octopus</c> on the new SQL Server.</summary>
    public required string NewSqlPassword { get; init; }

    /// <summary>Of the login <c>mover</c> on the new SQL Server, who may restore databases.</summary>
    public required string NewAdminPassword { get; init; }

    /// <summary>Of the Windows account <c>CORP\octo-service</c>.</summary>
    public required string ServicePassword { get; init; }

    /// <summary>What the database holds encrypted, in clear.</summary>
    public required IReadOnlyList<string> SensitiveValues { get; init; }
}
