using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.CommandLine.Support;

/// <summary>Events and questions of a typical move, for front ends to show.</summary>
internal static class SampleMove
{
    public static readonly DateTimeOffset Midnight = new(2026, 5, 9, 0, 0, 0, TimeSpan.Zero);

    public static readonly StepId BackUp = new("back-up-database");
    public static readonly StepId Maintenance = new("enter-maintenance-mode");
    public static readonly StepId Restore = new("restore-database");
    public static readonly StepId Leave = new("leave-maintenance-mode");

    public static FakeTimeProvider Clock() => new(Midnight);

    public static MoveOpened Opened(string folder = "/srv/the_move_folder") => new(
        "m-0042",
        folder,
        "OCTO_OLD",
        "OCTO_NEW",
        [
            new(new("check-old-server"), "Check the old server", "–", Side.Old, StepNature.ReadsOnly),
            new(Maintenance, "Enter maintenance mode", "1", Side.Old, StepNature.CanBeUndone),
            new(BackUp, "Back up the database", "3", Side.Old, StepNature.CanBeUndone),
            new(Restore, "Restore the database", "4", Side.New, StepNature.CanBeUndone),
            new(Leave, "Leave maintenance mode", "–", Side.New, StepNature.PointOfNoReturn),
        ],
        IsResumed: false) { At = Midnight };

    public static readonly FailureReport AccessDenied = new(
        FailureCause.SqlStatement,
        "The new SQL Server can't read \\\\old\\backup\\Octopus_1.bak.",
        "Its service account has no right on that share.",
        ["Give the SQL Server service account read on that share.", "Then retry."],
        "Msg 3201, Level 16\nCannot open backup device. Operating system error 5.");

    public static MoveEnded Failed => new(MoveOutcome.Failed, "Run octomove again.", AccessDenied, (int)AccessDenied.Cause) { At = Midnight };

    public static ConfirmStep ConfirmBackUp => new(
        "Back up the database",
        [
            new(PreviewKind.Words, "One full backup, checked afterwards:"),
            new(PreviewKind.Sql, "BACKUP DATABASE [Octo_pus]\nTO DISK = @file WITH COPY_ONLY, CHECKSUM"),
            new(PreviewKind.Path, "/backup/Octo_pus.bak"),
        ],
        StepNature.CanBeUndone,
        "Undo: delete the backup file.") { Step = BackUp };
}
