using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>Makes the plan, once: the form, what the old instance says of itself, and a connection string for the new server that was tried.</summary>
internal sealed class PlanMaker(MoveSettings settings, MoveSecrets secrets, Conversation conversation, Redactor redactor, TimeProvider time)
{
    /// <summary>True when the earlier plan is of a move that is over: it fills the form, and the new move has an id of its own.</summary>
    internal bool IsNextMove { get; init; }

    /// <summary>Asks and discovers; writes nothing. An earlier plan of the same move is what the form starts with.</summary>
    /// <exception cref="MoveFailure">This isn't the old server, which alone can be asked; or it can't be found out what moves.</exception>
    internal async Task<MovePlan> MakeAsync(MovePlan? earlier, CancellationToken cancel)
    {
        if (settings.Old.Machine is { Length: > 0 } old && !string.Equals(old, settings.ThisMachine, StringComparison.OrdinalIgnoreCase))
            throw MoveFailures.WrongServer(Side.Old, old);

        // Before anything is shown: the form says what the settings hold.
        BackupPlacing.RefuseSecrets(settings.Backup);
        var shape = await ShapeChoosing.ChooseAsync(settings.Shape, earlier, conversation, cancel);
        var copy = CopyPlanning.Plan(settings.Copy);
        var discovery = new OctopusDiscovery(settings.Old, Detail, redactor);
        var proposals = new PlanProposals(settings, discovery, Detail);
        await new PlanForm(settings, shape, conversation, proposals).FillAsync(earlier, cancel);

        var exe = discovery.Exe(settings.Old.OctopusServer, settings.Old.Instance);
        var instance = await exe.ShowConfigurationAsync(cancel);
        var version = await exe.KnownVersionAsync(cancel);
        conversation.Tell(new Logged(LogKind.Info, DiscoveryWords.FoundOne(
            proposals.Instances.First(each => each.Name == settings.Old.Instance), version.Text, settings.Old.OctopusServer)));
        foreach (var other in instance.OtherPaths)
            conversation.Tell(new Logged(LogKind.Warning, DiscoveryWords.OtherPath(other.Key, other.Value)));
        var oldText = settings.Old.ConnectionString.Length > 0 ? settings.Old.ConnectionString : instance.ConnectionString;
        var oldConnection = ConnectionStrings.Read(oldText);
        secrets.Remember(SecretKind.OldSqlPassword, oldConnection.Password);
        foreach (var notice in ConnectionStrings.Notices(oldText))
            conversation.Tell(new Logged(LogKind.Warning, notice));
        if (oldConnection.Database.Length == 0)
            throw CheckFailures.NoDatabaseNamed("old");

        var home = settings.Old.Home.Length > 0 ? settings.Old.Home : instance.Home;
        var directories = shape.CopiesDirectories()
            ? instance.DirectoriesToMove(home, Directory.Exists, kind => VersionGates.HasDirectory(kind, version)) : new Dictionary<string, string>();
        var newConnection = shape.BringsDatabase()
            ? await AskNewConnectionAsync(shape, earlier?.New.ConnectionString, oldConnection.Server, oldConnection.Database, cancel)
            : shape.KeepsInstance() ? oldText
            : await ShapePlanning.StayingConnectionAsync(settings, oldText, text => conversation.Tell(new Logged(LogKind.Warning, text)), cancel);
        if (!shape.KeepsInstance() && settings.New.Machine == settings.Old.Machine && SamePath(home, settings.New.Home))
            throw CheckFailures.SameHome(home);

        var id = (IsNextMove ? null : earlier?.MoveId) ?? $"{time.GetUtcNow():yyyyMMdd}-{Guid.NewGuid().ToString("N")[..8]}";
        var plain = ConnectionStrings.WithoutPassword(newConnection);
        var plan = new MovePlan
        {
            MoveId = id,
            MadeAt = (IsNextMove ? null : earlier?.MadeAt) ?? time.GetUtcNow(),
            Shape = shape,
            Old = new ServerPlan
            {
                Machine = settings.Old.Machine,
                Instance = settings.Old.Instance,
                OctopusServer = settings.Old.OctopusServer,
                Sc = settings.Old.Sc,
                Schtasks = settings.Old.Schtasks,
                Tasklist = settings.Old.Tasklist,
                Netsh = settings.Old.Netsh,
                Icacls = settings.Old.Icacls,
                Reg = settings.Old.Reg,
                InstanceRecords = Named(settings.Old.InstanceRecords),
                OctopusVersion = version.Text,
                Url = settings.Old.Url.TrimEnd('/'),
                Home = home,
                ConnectionString = ConnectionStrings.WithoutPassword(oldText),
                AdminConnectionString = ConnectionStrings.WithoutPassword(oldText),
                Database = oldConnection.Database,
            },
            New = new ServerPlan
            {
                Machine = settings.New.Machine,
                Instance = settings.New.Instance,
                OctopusServer = settings.New.OctopusServer,
                Sc = settings.New.Sc,
                Schtasks = settings.New.Schtasks,
                Tasklist = settings.New.Tasklist,
                Netsh = settings.New.Netsh,
                Icacls = settings.New.Icacls,
                Reg = settings.New.Reg,
                InstanceRecords = Named(settings.New.InstanceRecords),
                Msiexec = settings.New.Msiexec,
                InstallerFolder = settings.New.InstallerFolder,
                Url = settings.New.Url.TrimEnd('/'),
                Home = settings.New.Home,
                ConnectionString = plain,
                AdminConnectionString = settings.New.AdminConnectionString.Length > 0
                    ? ConnectionStrings.WithoutPassword(settings.New.AdminConnectionString) : plain,
                Database = ConnectionStrings.Read(plain).Database,
                ServiceAccount = settings.New.ServiceAccount,
                NodeName = settings.New.NodeName.Trim(),
                FurtherNodes = settings.New.FurtherNodes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            },
            Backup = shape.BringsDatabase()
                ? await new BackupPlacing(settings.Backup, Detail).PlaceAsync($"Octopus-{id}.bak", oldText, cancel) : new BackupPlan("", "", "", ""),
            Directories = [.. directories
                .OrderBy(each => each.Key, StringComparer.Ordinal)
                .Select(each => new DirectoryPlan(each.Key, each.Value, Place(shape, each.Key, each.Value, home)))],
            RePointed = RePointed(instance.PlacesOnly, home),
            Copy = copy,
        };
        plan = await ShapePlanning.FitAsync(plan, new ServiceControl(new Programs(plan.Old.Sc, Detail, redactor), plan.Old.Service), cancel);
        ShapePlanning.RefuseShared(plan);
        FolderPlanning.RefuseImpossible(plan, settings.Folders);
        CopyPlanning.RefuseUnmapped(plan);
        return plan;
    }

    // Test, and be asked again with what was found; or take it, which tests as well.
    private async Task<string> AskNewConnectionAsync(
        MoveShape shape, string? earlier, string oldServer, string oldDatabase, CancellationToken cancel)
    {
        var (current, configured) = (earlier ?? settings.New.ConnectionString, Shown(settings.New.ConnectionString));
        IReadOnlyList<Finding> findings = [];
        string? problem = null;
        while (true)
        {
            var question = new GiveConnectionString(
                ConnectionPurpose.NewDatabase, Shown(current), secrets.Find(SecretKind.NewSqlPassword) is not null)
            {
                Findings = findings,
                Problem = problem,
                Configured = earlier is null || configured.Length == 0 || configured == Shown(earlier) ? null : configured,
            };
            if (await conversation.AskAsync(question, cancel) is not ConnectionStringGiven given)
                continue;

            // A password that did not get in takes the place of none: an empty field means the one that was known before it was typed.
            var known = secrets.Find(SecretKind.NewSqlPassword);
            try
            {
                current = given.Value.Reveal();
                secrets.Remember(SecretKind.NewSqlPassword, ConnectionStrings.Read(current).Password);
                var whole = ConnectionStrings.WithPassword(
                    current, ConnectionStrings.LacksPassword(current) ? secrets.Find(SecretKind.NewSqlPassword)?.Reveal() : null);
                findings = [.. (await ConnectionTest.TryAsync(whole, oldServer, oldDatabase, cancel)).Select(each => each with { Text = redactor.Clean(each.Text) })];
                problem = findings.FirstOrDefault(each => each is { Verdict: Verdict.Fail, IsAdvice: false })?.Text
                    ?? (ShapePlanning.IsNameRefused(shape, ConnectionStrings.Read(whole).Database, oldDatabase) ? RehearsalWords.SameName(oldDatabase) : null);
                if (problem is null && !given.OnlyTest)
                    return whole;

                if (problem is not null)
                    secrets.Remember(SecretKind.NewSqlPassword, known?.Reveal());

                // Said once: as the problem when the answer would not do, among the findings when only a test was asked for.
                if (given.OnlyTest)
                    problem = null;
                else
                    findings = [.. findings.Where(each => each.Text != problem)];
            }
            catch (MoveFailure failure)
            {
                (findings, problem) = ([], $"{failure.Report.What} {failure.Report.Why}");
            }
        }
    }

    private static string? Named(string value) => value.Length > 0 ? value : null;

    // Left as they are they would name places that the new machine doesn't have; null, not none, for the plans that were written before there were any.
    private List<DirectoryPlan>? RePointed(IReadOnlyDictionary<string, string> places, string home)
    {
        var inHome = places.OrderBy(each => each.Key, StringComparer.Ordinal)
            .Select(each => new DirectoryPlan(each.Key, each.Value, NewPath(each.Value, home, settings.New.Home))).Where(each => each.From != each.To).ToList();
        return inHome.Count > 0 ? inHome : null;
    }

    // Folders only: what is named goes there, what isn't stays unless all of the home directory's go.
    private string Place(MoveShape shape, string kind, string path, string home) =>
        !shape.MovesFoldersOnly() ? NewPath(path, home, settings.New.Home)
        : settings.Folders.Named.GetValueOrDefault(kind) ?? (settings.New.Home.Length > 0 ? NewPath(path, home, settings.New.Home) : path);

    // Inside the old home: the same place in the new one. Elsewhere: the same path, which is what the guide says to try first.
    private static string NewPath(string path, string oldHome, string newHome)
    {
        var separator = oldHome.Contains('\\', StringComparison.Ordinal) ? '\\' : '/';
        var prefix = oldHome.TrimEnd(separator) + separator;
        return path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? Join(newHome, path[prefix.Length..]) : path;
    }

    private static string Join(string folder, string name)
    {
        var separator = folder.Contains('\\', StringComparison.Ordinal) ? '\\' : '/';
        return folder.TrimEnd(separator) + separator + name;
    }

    private static bool SamePath(string one, string other) =>
        string.Equals(one.TrimEnd('/', '\\'), other.TrimEnd('/', '\\'), StringComparison.OrdinalIgnoreCase);

    private static string Shown(string connection)
    {
        try
        {
            return connection.Length == 0 ? "" : ConnectionStrings.WithoutPassword(connection);
        }
        catch (MoveFailure)
        {
            return "";
        }
    }

    private void Detail(string text) => conversation.Tell(new Logged(LogKind.Detail, text));
}
