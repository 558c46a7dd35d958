using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.CopyTools;

/// <summary>
/// A program that copies directory trees in place of octomove. Each has one file, the only one that spells its options and knows its exit codes.
/// None of them is believed: the manifest is octomove's own, and so is the verification at the new place.
/// </summary>
internal abstract class CopyTool(CopyPlan plan)
{
    /// <summary>The tool of a plan; null when octomove copies itself.</summary>
    public static CopyTool? Of(MovePlan plan) => plan.Copy switch
    {
        null => null,
        { With: CopyProgram.Rsync } rsync => new Rsync(rsync),
        { With: CopyProgram.Robocopy } robocopy => new Robocopy(robocopy),
        { } rclone => new Rclone(rclone),
    };

    /// <summary>What people call it.</summary>
    public abstract string Name { get; }

    /// <summary>Its path on the machine of that side.</summary>
    public string Program(Side side) => side == Side.New && plan.ProgramOnNew.Length > 0 ? plan.ProgramOnNew : plan.Program;

    /// <summary>True when it copies to the new server, or to a remote between the two; false when it copies where octomove would.</summary>
    public bool IsFar => plan.To.Length > 0;

    /// <summary>True when the new server has to fetch what the old one has put somewhere.</summary>
    public virtual bool IsFetched => false;

    /// <summary>True when it can be held to a limit of bytes a second.</summary>
    public virtual bool KeepsToLimit => true;

    /// <summary>Where a directory goes, as the tool names it.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="near">Where octomove would copy it to.</param>
    public string DestinationOf(DirectoryPlan directory, string near) => IsFar ? FarPlaceOf(directory) : Local(near);

    /// <summary>A path of this machine as the tool wants it.</summary>
    public virtual string Local(string path) => path.TrimEnd('/', '\\') is { Length: > 0 } trimmed ? trimmed : path;

    /// <summary>Asks for the version.</summary>
    public abstract IReadOnlyList<string> AskVersion { get; }

    /// <summary>The version in what it answered; null when this is not the program it should be.</summary>
    public abstract string? VersionIn(ProgramOutput output);

    /// <summary>The oldest version that has all options used here; empty when each has.</summary>
    public abstract string OldestVersion { get; }

    /// <summary>Copies a tree: what differs by size or time, or is missing. Removes nothing.</summary>
    public abstract IReadOnlyList<string> Copy(CopyOrder order);

    /// <summary>Copies these files again, whatever their sizes and times say.</summary>
    /// <param name="order">The tree.</param>
    /// <param name="paths">The paths in it, <c>/</c> between their parts; not empty.</param>
    /// <param name="listFile">A file that may be written for it.</param>
    public abstract IReadOnlyList<string> CopyAgain(CopyOrder order, IReadOnlyCollection<string> paths, string listFile);

    /// <summary>Lists what is in a directory, not what is below that.</summary>
    public abstract IReadOnlyList<string> List(string directory);

    /// <summary>One thing that is in the listed directory, null when it is empty or not there.</summary>
    /// <exception cref="MoveFailure">It can't be told: the other side can't be reached, or refuses.</exception>
    public abstract string? Example(string directory, ProgramOutput listed);

    /// <summary>Understands what it says while it copies.</summary>
    public abstract ToolOutput NewOutput();

    /// <summary>What its exit code means.</summary>
    public abstract ToolVerdict Judge(CopyOrder order, int exitCode, ToolOutput output);

    private protected abstract string FarPlaceOf(DirectoryPlan directory);
}

/// <summary>One tree to copy.</summary>
/// <param name="Kind">What it is called: <c>TaskLogs</c>.</param>
/// <param name="From">Where it lies, as the tool names it.</param>
/// <param name="To">Where it goes, as the tool names it.</param>
/// <param name="SourceIsLive">True while Octopus still works in it: what vanishes or is in use then is settled by the later pass.</param>
internal sealed record CopyOrder(string Kind, string From, string To, bool SourceIsLive = false)
{
    /// <summary>How fast it may copy; null = as it can.</summary>
    public TransferRate? Limit { get; init; }
}

/// <summary>What an exit code means.</summary>
/// <param name="Failure">The failure; null when the tool did its work.</param>
/// <param name="Notice">What should be known although it did; or null.</param>
internal sealed record ToolVerdict(MoveFailure? Failure, string? Notice = null)
{
    public static ToolVerdict Done { get; } = new(Failure: null);
}
