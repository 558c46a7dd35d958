namespace OctoMoveTui.Tests.Proofs;

/// <summary>
/// The thirty ways in which moves of Octopus Server are known to go wrong, as people reported them (numbers with # are issues of
/// OctopusDeploy/Issues). Each is detected or prevented, and a test shows it.
/// </summary>
internal static class PainPoints
{
    public static readonly IReadOnlyList<(string Key, string Problem)> All =
    [
        ("P1", "a wrong or foreign master key, found out when a secret is used (#1661, #1761, #3563, #617)"),
        ("P2", "a master key mistyped, cut short, or with a line break"),
        ("P3", "the config file copied or used again (#7271)"),
        ("P4", "the master key lost"),
        ("P5", "another version on the new server (#6366, #5444, #5679, #7790, #6458)"),
        ("P6", "an empty database by a typing error: a new server that looks fresh"),
        ("P7", "the old server started again, by a reboot, a watchdog, a person"),
        ("P8", "the old server's node still counts against the licence (#4898, #5729, #4304)"),
        ("P9", "tasks that are stuck as executing after the move (#4538, #3876)"),
        ("P10", "task logs or artifacts missing: blank pages, broken images"),
        ("P11", "directories in the database that don't exist on the new machine (#3846, #1631)"),
        ("P12", "a re-index before the packages are copied (#1839)"),
        ("P13", "a re-index that takes hours (#3017)"),
        ("P14", "packages that can't be deleted: the service's account may write, but not delete (#6720)"),
        ("P15", "Windows authentication that fails from the new machine"),
        ("P16", "an orphaned user in the restored database"),
        ("P17", "a collation that an upgrade will refuse (#2976, #3069, #7132, #5137)"),
        ("P18", "a certificate of SQL Server that isn't trusted (#6899, #7501)"),
        ("P19", "no rights in master (#4102, #3023)"),
        ("P20", "no TLS binding for the portal on the new machine"),
        ("P21", "no URL reservation for the service's account (#3375)"),
        ("P22", "polling Tentacles that keep calling the old address"),
        ("P23", "firewalls that let only the old server through to listening Tentacles"),
        ("P24", "an installer that starts the new server early (#2332)"),
        ("P25", "an expired licence (#7427)"),
        ("P26", "maintenance mode left on"),
        ("P27", "a node left drained: tasks queue for ever"),
        ("P28", "a disk that fills up half-way"),
        ("P29", "packages that no installer moves (#1734)"),
        ("P30", "an installation id that changed, or a copy that kept it"),
    ];
}
