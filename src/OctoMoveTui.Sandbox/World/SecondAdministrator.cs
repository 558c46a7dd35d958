using System.Diagnostics;
using System.Text.RegularExpressions;
using OctoMoveTui.Sandbox.Machines;

namespace OctoMoveTui.Sandbox;

/// <summary>
/// The colleague at the other machines of a cluster: reads in the move folder what is to be done there, and after a while does exactly that. Of
/// secrets, which are masked in that file, it knows its own.
/// </summary>
public sealed partial class SecondAdministrator : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly SandboxWorld world;
    private readonly TimeSpan after;
    private readonly CancellationTokenSource leaving = new();
    private readonly HashSet<string> done = new(StringComparer.Ordinal);
    private readonly Task working;

    public SecondAdministrator(SandboxWorld world, TimeSpan after)
    {
        (this.world, this.after) = (world, after);
        working = WorkAsync();
    }

    /// <summary>What it did, oldest first: machine and command.</summary>
    public IReadOnlyList<string> Done => [.. done.Order(StringComparer.Ordinal)];

    private string File => Path.Combine(world.MoveFolder, "other-nodes.txt");

    private async Task WorkAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Look, TimeProvider.System, leaving.Token);
                var news = Read().Where(each => !done.Contains($"{each.Machine.Name}: {each.Command}")).ToList();
                if (news.Count == 0)
                    continue;

                await Task.Delay(after, TimeProvider.System, leaving.Token);
                foreach (var (machine, command) in news)
                {
                    await RunAsync(machine, command);
                    done.Add($"{machine.Name}: {command}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Goes home with the world.
        }
    }

    private List<(OctopusMachine Machine, string Command)> Read()
    {
        var found = new List<(OctopusMachine, string)>();
        if (!System.IO.File.Exists(File))
            return found;

        OctopusMachine? machine = null;
        foreach (var line in System.IO.File.ReadAllLines(File))
        {
            if (Heading().Match(line) is { Success: true } heading)
                machine = new[] { world.OldSecond, world.NewSecond }.FirstOrDefault(each => each?.Name == heading.Groups[1].Value);
            else if (machine is not null && line.StartsWith("  ", StringComparison.Ordinal))
                found.Add((machine, line.Trim()));
        }

        return found;
    }

    private async Task RunAsync(OctopusMachine machine, string command)
    {
        var words = Word().Matches(command).Select(match => match.Value.Trim('"')).ToList();
        var start = new ProcessStartInfo(Program(machine, Path.GetFileNameWithoutExtension(words[0]))) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in words.Skip(1))
            start.ArgumentList.Add(Own(machine, word));
        using var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync(leaving.Token);
        _ = process.StandardError.ReadToEndAsync(leaving.Token);
        await process.WaitForExitAsync(leaving.Token);
    }

    private static string Program(OctopusMachine machine, string name) => name switch
    {
        "sc" => machine.Sc,
        "schtasks" => machine.Schtasks,
        _ => machine.OctopusServer,
    };

    // The file has the paths of the first machine; in real clusters all are alike.
    private string Own(OctopusMachine machine, string word) =>
        word.StartsWith("--masterKey=", StringComparison.Ordinal) ? $"--masterKey={world.Secrets.MasterKey}"
        : word.StartsWith("--connectionString=", StringComparison.Ordinal) ? $"--connectionString={world.NewServerConnectionString}"
        : word.Replace(world.New.Folder + Path.DirectorySeparatorChar, machine.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    [GeneratedRegex("^On ([^,]+),")]
    private static partial Regex Heading();

    // Quoted as a whole, or without a space.
    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await working;
        leaving.Dispose();
    }
}
