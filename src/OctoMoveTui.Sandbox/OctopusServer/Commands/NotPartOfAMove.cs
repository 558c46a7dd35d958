namespace OctoMoveTui.Sandbox.OctopusServer.Commands;

/// <summary>Documented commands that exist and are refused: some are harmless and needless, some would ruin a move.</summary>
internal static class NotPartOfAMove
{
    public static readonly IReadOnlyList<string> Commands =
    [
        "admin", "builtin-worker", "export-certificate", "import-certificate", "license", "lost-master-key", "metrics", "new-certificate", "proxy",
        "regenerate-certificate", "rotate-master-key", "run", "ssl-certificate",
    ];
}
