namespace OctoMoveTui.Sandbox.Terminal;

/// <summary>What the sandbox says before octomove takes the terminal.</summary>
internal static class WelcomePage
{
    public static void Write(SandboxWorld world, TimeSpan took, WorldOptions options)
    {
        Console.WriteLine(FormattableString.Invariant($"""

            A world to move, built in {took.TotalSeconds:0.0} s in {world.Root}

              old-server   Octopus Server {world.Old.Version} on {world.Old.Url}:
                           running, with a deployment at work, a watchdog task,
                           {options.Packages} packages, {options.TaskLogs} task logs, {options.Artifacts} artifacts
              old-sql      SQL Server {options.OldSqlVersion} on {world.OldSql.DataSource}, with its database
              new-server   {(options.NewIsInstalled ? $"Octopus Server {world.New.Version} installed, no instance yet" : "no Octopus Server yet, its MSI beside the move folder")};
                           will answer on {world.New.Url}
              new-sql      SQL Server {options.NewSqlVersion} on {world.NewSql.DataSource}, empty
              share        a folder that both SQL Servers can reach
            """));
        if (world is { OldSecond: { } old, NewSecond: { } @new })
        {
            Console.WriteLine($"""
                  old-server-2 a second node on the same database; its machine's programs, to do there
                               by hand what octomove asks for:
                               {old.Schtasks}
                               {old.Sc}
                               {old.OctopusServer}
                  new-server-2 is to become the second node of the new server:
                               {@new.OctopusServer}
                """);
        }
    }

    public static void WriteForTheScreen(SandboxWorld world)
    {
        Console.WriteLine($"""

            octomove will open on it. The API key and the passwords are in its
            environment already. It will ask you once for the master key, as it would
            in a real move:

                {world.Secrets.MasterKey}

            In octomove: arrow keys choose a step, F1 explains. Ctrl+C belongs to octomove
            while it runs.
            """);
        if (Console.IsInputRedirected)
            return;

        Console.Write("\nPress Enter to open octomove ");
        Console.ReadLine();
    }

    public static void WriteForOthers(SandboxWorld world, string environmentFile)
    {
        Console.WriteLine($"""

            Run octomove on it from another terminal:

                set -a; . '{environmentFile}'; set +a
                dotnet '{OctomoveProgram.Dll}' --config '{world.ConfigurationFile}'
                dotnet '{OctomoveProgram.Dll}' run --yes --config '{world.ConfigurationFile}'

            The master key, should octomove ask: {world.Secrets.MasterKey}
            Ctrl+C here takes the world down.
            """);
    }

    public static bool WriteComparison(IReadOnlyList<ComparedLine> lines, TextWriter to)
    {
        to.WriteLine("\nThe two worlds compared:\n");
        var width = lines.Max(line => line.What.Length);
        foreach (var line in lines)
            to.WriteLine($"  {(line.Holds ? '✓' : '✗')} {line.What.PadRight(width)}  {line.Details}");

        var broken = lines.Count(line => !line.Holds);
        to.WriteLine(broken == 0 ? "\nEverything arrived.\n" : FormattableString.Invariant($"\n{broken} of {lines.Count} do not hold.\n"));
        return broken == 0;
    }
}
