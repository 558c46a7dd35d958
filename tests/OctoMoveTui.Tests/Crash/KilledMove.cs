using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox;
using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Tests.Killed;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Crash;

/// <summary>A move by the real program, which is killed at one of its effects or at several, one run after the other, and then finished.</summary>
internal sealed partial class KilledMove : IAsyncDisposable
{
    // 128 + SIGKILL; on Windows what TerminateProcess was given.
    private static readonly int KilledCode = OperatingSystem.IsWindows() ? -1 : 137;

    // What was proven by a run that ended since is proven again before the first start.
    private const string ProvenAnew = "verify-before-start";

    private static readonly string Hook = Path.Join(AppContext.BaseDirectory, "OctoMoveTui.Tests.Killed.dll");

    private readonly KillScene scene;
    private readonly Servers servers;

    private KilledMove(AMove move, KillScene scene)
    {
        this.scene = scene;
        Move = move;
        servers = new Servers(move.World);
    }

    public AMove Move { get; }

    /// <summary>Few files, as each of them is an effect, and nothing to wait for.</summary>
    public static WorldOptions World => new() { Packages = 3, TaskLogs = 3, Artifacts = 1, ExecutingTaskLasts = TimeSpan.Zero, ReindexLasts = TimeSpan.Zero };

    public static async Task<KilledMove> OnAsync(KillScene? scene = null, WorldOptions? options = null)
    {
        var move = await AMove.OnAsync(options ?? World);
        var configuration = move.World.ConfigurationFile;
        await File.WriteAllTextAsync(configuration, (await File.ReadAllTextAsync(configuration)).Replace("\"00:00:00.250\"", "\"00:00:00.050\"", StringComparison.Ordinal));
        var killed = new KilledMove(move, scene ?? KillScene.WholeMove);
        await killed.scene.BeginAsync(killed);
        return killed;
    }

    /// <summary>All effects of a run that nobody disturbs, as they came.</summary>
    public async Task<IReadOnlyList<EffectPlace>> RecordAsync()
    {
        var list = Path.Combine(Move.World.Root, "effects.txt");
        (await Move.RunProgramAsync(Variables((KillVariables.List, list)), scene.Command)).ShouldBe(ExitCodes.Done, Move.Printed);
        return [.. (await File.ReadAllLinesAsync(list)).Select(EffectPlace.Parse)];
    }

    /// <summary>Runs it until it is killed there.</summary>
    /// <returns>False: it was never there, and has come to its end.</returns>
    public async Task<bool> KillAsync(KillOrder order)
    {
        var exitCode = await Move.RunProgramAsync(Variables((KillVariables.Order, order.ToString()), (KillVariables.Port, servers.Port)), scene.Command);
        if (exitCode != KilledCode)
        {
            exitCode.ShouldBe(ExitCodes.Done, $"run until {order}:\n{Move.Printed}");
            return false;
        }

        if (order.Moment == KillMoment.Within && WrittenFile().Match(order.Effect) is { Success: true } written)
            Halve(written.Groups["file"] is { Success: true } file ? file.Value.Replace("~", Move.World.Root, StringComparison.Ordinal) : Folder.JournalFile);
        return true;
    }

    public MoveFolder Folder => new(Move.World.MoveFolder);

    public JournalState Journal => MoveJournal.Read(Folder);

    /// <summary>How many statements that begin so a server was given.</summary>
    public int Begun(SqlServerDouble server, string statement) => server.Statements.Count(each => each.StartsWith(statement, StringComparison.Ordinal));

    /// <summary>Goes on by the real program, or with the engine in this process, until the move is finished.</summary>
    public async Task FinishAsync(bool byProgram)
    {
        if (byProgram)
            (await Move.RunProgramAsync(scene.Command)).ShouldBe(ExitCodes.Done, Move.Printed);
        else
            await scene.FinishAsync(this);
    }

    /// <summary>What was finished by then was not done again; looking is, on purpose.</summary>
    public void ShouldHaveRepeatedNothing(JournalState before)
    {
        var finished = TheMove.Steps
            .Where(each => before.Of(each.Id).Standing == JournalStanding.Finished && each.Nature != StepNature.ReadsOnly && each.Id.Word != ProvenAnew).Select(each => each.Id).ToHashSet();
        var undone = TheMove.Steps.Where(each => before.Of(each.Id).TimesUndone > 0).Select(each => each.Id).ToHashSet();
        Journal.Entries.Skip(before.Entries.Count)
            .Where(each => (each.Kind == JournalKind.Started && finished.Contains(each.Step!.Value)) || (each.Kind == JournalKind.Undoing && undone.Contains(each.Step!.Value)))
            .Select(each => $"{each.Kind} {each.Step}").ShouldBeEmpty("done, and done again");
    }

    /// <summary>Everything is as it would be had nobody killed it.</summary>
    public async Task ShouldHaveEndedAsync(IReadOnlyList<string> undisturbed, IReadOnlyList<(KillOrder Kill, JournalState Journal)> kills, bool withSecrets)
    {
        foreach (var (_, before) in kills)
            ShouldHaveRepeatedNothing(before);
        Move.World.Watch.Seen.ShouldBeEmpty();
        EndState.ShouldBe(await EndState.OfAsync(Move.World), undisturbed);
        await scene.ShouldHaveEndedAsync(this, kills);
        if (withSecrets)
            Move.ShouldHaveWrittenNoSecret();
    }

    public async ValueTask DisposeAsync()
    {
        await Move.DisposeAsync();
        await servers.DisposeAsync();
    }

    // As the disk has it when the power goes in the middle of a write.
    private static void Halve(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        var last = Array.LastIndexOf(text, (byte)'\n', text.Length - 2) + 1;
        stream.SetLength(last + ((text.Length - last) / 2));
    }

    private Dictionary<string, string> Variables(params (string Name, string Value)[] more) => new(more.Select(each => KeyValuePair.Create(each.Name, each.Value)))
    {
        ["DOTNET_STARTUP_HOOKS"] = Hook,
        [KillVariables.Root] = Move.World.Root,
    };

    [GeneratedRegex(@"^[^:]+: (JournalWrite: |FileWrite: .*\((?<file>.*)\)$)")]
    private static partial Regex WrittenFile();
}
