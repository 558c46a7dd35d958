using System.Globalization;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>How a rehearsal ends: what it says of the move, and how it is removed.</summary>
internal static class RehearsalEndings
{
    internal static string Done(MovePlan plan, OutageForecast took) => string.Join('\n',
    [
        "This was a rehearsal: the old server works on as before, and nothing has moved.",
        $"It took: backup {Length(took.Backup)}, restore {Length(took.Restore)}, directories {Length(took.Copy)} (in a move most of them are copied ahead). "
            + "Backup, restore and a start are the outage to expect, if machines and load are alike then.",
        "To remove it:",
        $"1. On {plan.New.Machine}: stop and uninstall the service {plan.New.Service}, then \"{plan.New.OctopusServer}\" delete-instance --instance={plan.New.Instance}",
        $"2. Delete what lies in {plan.New.Home} there. Nothing of the old server lies in it.",
        $"3. Drop the scratch database {ConnectionStrings.Read(plan.New.ConnectionString)}, and delete the backup {string.Join(", ", plan.Backup.FilesOnOldSql)}",
        "4. For the move itself take a new, empty move folder.",
    ]);

    private static string Length(TimeSpan time) => time.ToString(time.TotalHours < 24 ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
}
