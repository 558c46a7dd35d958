using System.CommandLine;

namespace OctoMoveTui.Sandbox.Terminal;

/// <summary>What was asked of the sandbox.</summary>
internal sealed record SandboxRequest(WorldOptions World, bool Serve, bool SecondAdministrator, IReadOnlyList<string> Octomove);

/// <summary>The sandbox's own options, up to the first word that isn't one: from there on everything is meant for octomove.</summary>
internal static class SandboxCommandLine
{
    private static readonly Option<bool> Keep = new("--keep") { Recursive = true, Description = "Leave the folder of the world when it ends." };
    private static readonly Option<bool> Slow = new("--slow") { Recursive = true, Description = "Take time over backup, restore and the running deployment, as real servers do." };
    private static readonly Option<int> Seed = new("--seed") { Recursive = true, Description = "Another seed makes another world.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Packages = new("--packages") { Recursive = true, Description = "How many packages the old server holds.", DefaultValueFactory = _ => 300 };
    private static readonly Option<int> Nodes = NodesOption();
    private static readonly Option<bool> SecondAdmin = new("--second-admin")
    {
        Recursive = true, Description = "With --nodes 2: a colleague at the other machines does what octomove asks for there, after some seconds.",
    };

    private static readonly Option<bool> SeveralInstances = new("--several-instances")
    {
        Recursive = true, Description = "Two more instances on the old machine, and a configuration that says nothing of the old server: octomove finds it.",
    };

    private static readonly Option<string> OctopusVersion = new("--octopus-version")
    {
        Recursive = true, Description = "The version of Octopus Server on both machines, with its own commands and options.", DefaultValueFactory = _ => new WorldOptions().OldVersion,
    };

    private static readonly Option<string?> Folder = new("--folder") { Recursive = true, Description = "Where to build the world: an empty or new folder." };
    private static readonly Option<bool> Stuck = new("--stuck-tasks")
    {
        Recursive = true, Description = "Add a deployment that waits for a manual intervention, one that ignores being cancelled, and two that are queued.",
    };
    private static readonly Option<string> CopyWith = CopyWithOption();
    private static readonly Option<bool> NotInstalled = new("--not-installed") { Recursive = true, Description = "Octopus Server is not installed on the new machine yet; its MSI lies beside the move folder." };
    private static readonly Option<string> Shape = ShapeOption();
    private static readonly Command Serve = new("serve", "Only build the world, say how to run octomove on it, and stay until Ctrl+C.");

    public static async Task<int> RunAsync(string[] words)
    {
        var own = CountOwnWords(words);
        var root = new RootCommand(
            "A pretend old and new Octopus Server on this machine, for octomove to move.\n"
            + "Words after these options go to octomove (run --yes, plan, check old, status, …); without any, its screen opens.")
        {
            Keep, Slow, Stuck, SeveralInstances, Seed, Packages, Folder, CopyWith, NotInstalled, Nodes, SecondAdmin, OctopusVersion, Serve,
        };
        root.Add(Shape);
        Serve.SetAction((parsed, cancel) => SandboxProgram.RunAsync(new SandboxRequest(World(parsed), Serve: true, parsed.GetValue(SecondAdmin), []), cancel));
        // "dotnet run" swallows the separator; started without it, it stands here.
        var rest = own < words.Length && words[own] == "--" ? words[(own + 1)..] : words[own..];
        root.SetAction((parsed, cancel) => SandboxProgram.RunAsync(new SandboxRequest(World(parsed), Serve: false, parsed.GetValue(SecondAdmin), rest), cancel));
        // Ctrl+C and SIGTERM are the sandbox's own business: the world is to be taken down in order.
        return await root.Parse(words.Take(own).Contains(Serve.Name) ? words : words[..own]).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static WorldOptions World(ParseResult parsed)
    {
        var slow = parsed.GetValue(Slow);
        return new WorldOptions
        {
            Keep = parsed.GetValue(Keep),
            Seed = parsed.GetValue(Seed),
            Packages = parsed.GetValue(Packages),
            Folder = parsed.GetValue(Folder),
            Shape = parsed.GetValue(Shape)!,
            Nodes = parsed.GetValue(Nodes),
            CopyWith = parsed.GetValue(CopyWith)!,
            NewIsInstalled = !parsed.GetValue(NotInstalled),
            OldVersion = parsed.GetValue(OctopusVersion)!,
            OtherInstances = parsed.GetValue(SeveralInstances) ? ["Test", "Training"] : [],
            IsToBeFound = parsed.GetValue(SeveralInstances),
            StatsPause = slow ? TimeSpan.FromMilliseconds(50) : TimeSpan.Zero,
            ExecutingTaskLasts = TimeSpan.FromSeconds(slow ? 20 : 4),
            TaskWaitsForPerson = parsed.GetValue(Stuck),
            DeafTaskLasts = parsed.GetValue(Stuck) ? TimeSpan.FromSeconds(40) : null,
            QueuedTasks = parsed.GetValue(Stuck) ? 2 : 0,
            OctopusDelay = slow ? TimeSpan.FromSeconds(5) : TimeSpan.FromMilliseconds(300),
            ReindexLasts = slow ? TimeSpan.FromSeconds(5) : TimeSpan.FromMilliseconds(500),
        };
    }

    private static Option<string> CopyWithOption()
    {
        var option = new Option<string>("--copy-with")
        {
            Recursive = true, Description = "The program that copies the directories; a pretend one is there for each.", DefaultValueFactory = _ => "octomove",
        };
        option.AcceptOnlyFromAmong("octomove", "rsync", "robocopy", "rclone");
        return option;
    }

    private static Option<int> NodesOption()
    {
        var option = new Option<int>("--nodes")
        {
            Recursive = true, Description = "2: the old server is a cluster of two nodes, and the new one is to become one.", DefaultValueFactory = _ => 1,
        };
        option.AcceptOnlyFromAmong("1", "2");
        return option;
    }

    private static Option<string> ShapeOption()
    {
        var option = new Option<string>("--shape") { Recursive = true, Description = "What moves; without it octomove asks.", DefaultValueFactory = _ => "" };
        option.AcceptOnlyFromAmong("", "server-and-database", "database-only", "server-only", "folders-only", "rehearsal");
        return option;
    }

    private static int CountOwnWords(string[] words)
    {
        Option[] withValue = [Seed, Packages, Folder, CopyWith, Nodes, OctopusVersion];
        var i = 0;
        while (i < words.Length)
        {
            var name = words[i].Split('=')[0];
            if (name == Shape.Name || withValue.Any(option => option.Name == name))
                i += words[i].Contains('=', StringComparison.Ordinal) ? 1 : 2;
            else if (name == Keep.Name || name == Slow.Name || name == Stuck.Name || name == SeveralInstances.Name || name == SecondAdmin.Name || name == NotInstalled.Name || name == Serve.Name || name is "-h" or "--help" or "-?")
                i++;
            else
                break;
        }

        return Math.Min(i, words.Length);
    }
}
