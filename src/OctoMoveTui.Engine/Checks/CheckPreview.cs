using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Checks;

/// <summary>What the checks will ask, exactly: each statement once.</summary>
internal static class CheckPreview
{
    /// <summary>The probe backup beside the file; none where nothing is backed up.</summary>
    internal static IEnumerable<PreviewLine> Probe(string file) => file.Length == 0 ? [] : [new PreviewLine(PreviewKind.Path, ServerPath.ProbeBeside(file))];

    internal static IEnumerable<PreviewLine> Of(Side side, MovePlan plan)
    {
        var (database, file) = (plan.Of(side).Database, side == Side.Old ? plan.Backup.FileOnOldSql : plan.Backup.FileOnNewSql);
        var probe = file.Length == 0 ? file : ServerPath.ProbeBeside(file);
        return AllSqlChecks.Of(side, plan.Shape).SelectMany(each => each.Scripts).Distinct().Select(script => new PreviewLine(PreviewKind.Sql, SqlScript.Readable(
            SqlScript.Text(script, ("devices", BackupDevices.Clause([probe]))),
            ("@db", script == "back-up-probe" ? "model" : database), ("@file0", probe), ("@file", probe), ("@url", file), ("@program", SqlServer.ProgramName),
            ("@path", ServerPath.BareFolderOf(file)), ("@name", "OctoMoveTui probe"), ("@media", $"probe {plan.MoveId}"))));
    }
}
