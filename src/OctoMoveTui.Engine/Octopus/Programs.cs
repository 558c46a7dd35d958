using System.Text;
using CliWrap;
using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>Runs a program with an argument list (never a shell string) and tells the log, secrets masked.</summary>
/// <param name="file">The program.</param>
/// <param name="detail">Gets the command line and its output.</param>
/// <param name="redactor">Hides secrets in both.</param>
/// <param name="limit">How long it may take; null: as long as it takes.</param>
public sealed class Programs(string file, Action<string> detail, Redactor redactor, TimeSpan? limit = null)
{
    /// <summary>How long a program may take to end by itself when it is stopped.</summary>
    public static readonly TimeSpan PatienceWhenStopped = TimeSpan.FromSeconds(20);

    // What octomove is told through its environment: keys and passwords, which no other program has any use for.
    private const string OwnVariables = "OCTOMOVE_";

    /// <summary>Nothing but the environment that octomove itself has.</summary>
    internal static readonly IReadOnlyDictionary<string, string?> NoVariables = new Dictionary<string, string?>();

    /// <summary>The program's path.</summary>
    public string File => file;

    /// <summary>True when there is such a program: at that path, or by that name on this machine's search path.</summary>
    public bool IsThere => Path.GetFileName(file) != file
        ? System.IO.File.Exists(file)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => System.IO.File.Exists(Path.Combine(folder, file)));

    /// <summary>Runs it to its end. One that takes longer than it may is ended, with all that it has started.</summary>
    /// <exception cref="MoveFailure">There is no such program, it can't be started, or it hangs.</exception>
    public Task<ProgramOutput> RunAsync(IReadOnlyList<string> arguments, bool isQuiet, CancellationToken cancel) => RunAsync(arguments, NoVariables, isQuiet, cancel);

    /// <summary>Runs it to its end, with variables in its environment, which are shown nowhere.</summary>
    /// <exception cref="MoveFailure">There is no such program, or it can't be started.</exception>
    public Task<ProgramOutput> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> variables, bool isQuiet, CancellationToken cancel) =>
        RunAsync(Started(variables).WithArguments(arguments), Show(file, arguments, redactor), isQuiet, false, limit, cancel);

    /// <summary>Runs a program to its end that prints secrets: nothing of them is shown, however it ends.</summary>
    /// <exception cref="MoveFailure">There is no such program, it can't be started, or it hangs.</exception>
    public Task<ProgramOutput> RunSecretlyAsync(IReadOnlyList<string> arguments, CancellationToken cancel) =>
        RunAsync(Started(NoVariables).WithArguments(arguments), Show(file, arguments, redactor), true, true, limit, cancel);

    /// <summary>Runs a program that has rules of its own about quotes, with its command line exactly as written; to its end, whoever stops.</summary>
    /// <exception cref="MoveFailure">There is no such program, or it can't be started.</exception>
    public Task<ProgramOutput> RunAsWrittenAsync(string arguments) =>
        RunAsync(Started(NoVariables).WithArguments(arguments), redactor.Clean($"{Show(file, [], redactor)} {arguments}"), false, false, null, CancellationToken.None);

    private Command Started(IReadOnlyDictionary<string, string?> variables)
    {
        var ours = Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(each => each.StartsWith(OwnVariables, StringComparison.OrdinalIgnoreCase));
        return Cli.Wrap(file).WithEnvironmentVariables(ours.Select(each => KeyValuePair.Create(each, (string?)null)).Concat(variables).ToDictionary());
    }

    private async Task<ProgramOutput> RunAsync(
        Command command, string shown, bool isQuiet, bool printsSecrets, TimeSpan? time, CancellationToken cancel)
    {
        detail("> " + shown);
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (time is { } longest)
            limited.CancelAfter(longest);
        using var effect = Effect.Of(EffectKind.Command, shown);
        try
        {
            var result = await command
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output, Encoding.UTF8))
                .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors, Encoding.UTF8))
                .ExecuteAsync(limited.Token);

            var text = new ProgramOutput(result.ExitCode, output.ToString(), errors.ToString()) { HoldsSecrets = printsSecrets };
            if (!isQuiet || result.ExitCode != 0)
            {
                foreach (var line in text.Showable.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    detail("  " + line.TrimEnd());
            }

            return text;
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw CommandFailures.Hangs(shown, time!.Value, isQuiet ? "" : new ProgramOutput(0, output.ToString(), errors.ToString()).Everything.Trim(), error);
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            throw OctopusFailures.ProgramMissing(file, error);
        }
    }

    /// <summary>
    /// Runs a program that takes long, and hands over each line of both its outputs as it comes; what of it the log gets is the caller's choice. When
    /// cancelled the program is asked to stop, as by Ctrl+C, and killed if it still runs after <see cref="PatienceWhenStopped"/>.
    /// </summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="MoveFailure">There is no such program, or it can't be started.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the program has ended.</exception>
    public async Task<int> RunLongAsync(IReadOnlyList<string> arguments, Action<string> line, CancellationToken cancel)
    {
        var shown = Show(file, arguments, redactor);
        detail("> " + shown);
        using var effect = Effect.Of(EffectKind.Command, shown);
        using var kill = new CancellationTokenSource();
        await using var stopping = cancel.Register(() => kill.CancelAfter(PatienceWhenStopped));
        var lines = PipeTarget.ToDelegate(text =>
        {
            lock (kill)
                line(text);
        }, Encoding.UTF8);
        try
        {
            var result = await Started(NoVariables)
                .WithArguments(arguments)
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(lines)
                .WithStandardErrorPipe(lines)
                .ExecuteAsync(kill.Token, cancel);
            return result.ExitCode;
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            throw OctopusFailures.ProgramMissing(file, error);
        }
    }

    /// <summary>The command line as a person reads it: quoted where needed, secrets masked.</summary>
    public static string Show(string file, IReadOnlyList<string> arguments, Redactor redactor)
    {
        var parts = arguments.Prepend(file).Select(each =>
            each.Length > 0 && !each.Any(letter => char.IsWhiteSpace(letter) || letter is ';' or '"' or '\'') ? each : $"\"{each}\"");
        return redactor.Clean(string.Join(' ', parts));
    }
}

/// <summary>What a program said.</summary>
public sealed record ProgramOutput(int ExitCode, string Output, string Errors)
{
    private static readonly System.Buffers.SearchValues<char> MarksOfData = System.Buffers.SearchValues.Create("=<>{}\\;");

    /// <summary>True when secrets are among it that nobody knows yet, and so nothing can hide.</summary>
    public bool HoldsSecrets { get; init; }

    /// <summary>Both streams.</summary>
    public string Everything => Errors.Length == 0 ? Output : Output.TrimEnd() + "\n" + Errors;

    /// <summary>What of both may be shown: where there are secrets among it, only sentences, no lines of data.</summary>
    public string Showable => HoldsSecrets ? string.Join('\n', Everything.Split('\n').Where(IsSentence)) : Everything;

    // "…ConnectionString": "Data Source=…;Password=…", <set key="…">, and a master key, which is base64 and ends with "=".
    private static bool IsSentence(string line) =>
        !line.AsSpan().ContainsAny(MarksOfData) && !line.Contains("\":", StringComparison.Ordinal) && line.Trim().Contains(' ', StringComparison.Ordinal);
}
