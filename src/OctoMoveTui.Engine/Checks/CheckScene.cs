using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Whom the checks of one server ask, and what they hold the answers against.</summary>
public sealed class CheckScene
{
    /// <summary>The server that is looked at.</summary>
    public required Side Side { get; init; }

    /// <summary>What moves from where to where.</summary>
    public required MovePlan Plan { get; init; }

    /// <summary>The move folder, through which a probe may travel.</summary>
    public required Journal.MoveFolder Folder { get; init; }

    /// <summary>Time, which tests may stop.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The SQL Server, with the login that backs up or restores.</summary>
    public required SqlServer Sql { get; init; }

    /// <summary>New side: the same server with the login that the new Octopus Server will use.</summary>
    public SqlServer? AsOctopus { get; init; }

    /// <summary>New side: the old SQL Server, where this machine may ask it too.</summary>
    public SqlServer? OldSql { get; init; }

    /// <summary>New side: what check-old-server found, or null when it has not been made for this plan.</summary>
    public OldServerChecked? Old { get; init; }

    /// <summary>Old side: the probe backup stays for the new server, which deletes it. Otherwise it is deleted at once.</summary>
    public bool LeavesProbe { get; init; }

    /// <summary>New side: the probes that were read in an earlier attempt, and are deleted since.</summary>
    public Func<string, bool> WasDone { get; init; } = _ => false;

    /// <summary>New side: remembers, on disk, that a probe was read.</summary>
    public Action<string> IsDone { get; init; } = _ => { };

    /// <summary>What this side has found so far. Each check adds what the new side will need.</summary>
    public OldSqlProfile Found { get; private set; } = new();

    /// <summary>The database on this side.</summary>
    public string Database => Plan.Of(Side).Database;

    /// <summary>The login as advice names it.</summary>
    public string Login => Sql.Login ?? $"{Environment.UserDomainName}\\{Environment.UserName}";

    /// <summary>Keeps something for the new side.</summary>
    public void Keep(Func<OldSqlProfile, OldSqlProfile> with) => Found = with(Found);
}
