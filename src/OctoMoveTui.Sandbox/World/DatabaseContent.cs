using System.Globalization;
using System.Text.Json.Nodes;
using OctoMoveTui.Sandbox.OctopusServer;
using OctoMoveTui.Sandbox.RestApi;

namespace OctoMoveTui.Sandbox.World;

/// <summary>The rows of the old server's database.</summary>
internal sealed class DatabaseContent(WorldContent content, WorldOptions options, WorldSecrets secrets, byte[] masterKey, string oldHome, string oldNode, string listening, string deaf)
{
    private static readonly DateTimeOffset Epoch = WorldContent.Epoch;
    private readonly InsertScript script = new();
    private int nextSecret;

    public string Sql
    {
        get
        {
            AddServer();
            AddSpaces();
            AddProjects();
            AddInfrastructure();
            AddSecrets();
            AddPeople();
            AddWork();
            return script.Text;
        }
    }

    private string NodeId => "OctopusServerNodes-" + oldNode;

    /// <summary>One row of <c>Configuration</c> a settings document.</summary>
    private void AddServer()
    {
        script.Into("Configuration", ["Id", "JSON"],
        [
            Document("certificate-global", new()
            {
                ["Name"] = "Octopus Server",
                ["Thumbprint"] = ServerCertificate.Thumbprint,
                ["SignatureAlgorithm"] = "sha256RSA",
                ["CertificateData"] = SensitiveValues.Encrypt(masterKey, ServerCertificate.Pkcs12, content.Random.Bytes("iv of the certificate", 16)),
            }),
            Document("maintenance", new() { ["IsInMaintenanceMode"] = false }),
            Document("licenses-current", new() { ["LicenseText"] = FormattableString.Invariant($"<License Signature=\"sandbox\"><LicensedTo>Acme</LicensedTo><NodeLimit>{options.LicensedNodes}</NodeLimit></License>") }),
            Document("upgradeavailability", new() { ["InstallationId"] = new Guid(content.Random.Bytes("installation", 16)).ToString() }),
            Document(ServerFolder.Packages.Document, new() { ["PackagesDirectory"] = Place("Packages"), ["DeleteUnreleasedPackagesAfter"] = null, ["IndexAtStartUp"] = options.IndexAtStartUp }),
            // Installations that began before 2018 hold absolute paths, younger settings are relative to home: this one has both, unless there is a
            // second node, whose home is another.
            Document(ServerFolder.Artifacts.Document, new() { ["ArtifactsDirectory"] = Path.Combine(oldHome, "Artifacts") }),
            Document(ServerFolder.TaskLogs.Document, new() { ["LogsDirectory"] = Path.Combine(oldHome, "TaskLogs") }),
            Document(ServerFolder.EventExports.Document, new() { ["EventExportsDirectory"] = Place("EventExports") }),
            Document(ServerFolder.Imports.Document, new() { ["ImportsDirectory"] = Place("Imports") }),
            Document("features", new() { ["IsCommunityActionTemplatesEnabled"] = true }),
            Document("smtp", new() { ["SmtpHost"] = "mail.acme.example", ["SmtpPassword"] = Secret("smtp") }),
        ]);
        script.Into("SchemaVersions", ["Id", "ScriptName", "Applied"], Enumerable.Range(1, 120).Select(id => new object?[]
        {
            id, FormattableString.Invariant($"Octopus.Core.UpgradeScripts.Script{id:0000} - {(id % 3 == 0 ? "Add column" : "Create table")}.sql"), Epoch.AddDays(-900 + id).UtcDateTime,
        }));
        script.Into("OctopusServerInstallationHistory", ["Version", "Node", "Installed", "JSON"],
        [
            ["2024.4.6789", oldNode, Epoch.AddDays(-400), "{}"],
            ["2025.3.1057", oldNode, Epoch.AddDays(-120), "{}"],
            [options.OldVersion, oldNode, Epoch.AddDays(-10), "{}"],
        ]);
        script.Into("OctopusServerNode", ["Id", "Name", "MaxConcurrentTasks", "IsInMaintenanceMode", "LastSeen", "JSON"], [[NodeId, oldNode, 5, false, Epoch, "{}"]]);
        script.Into("Mutex", ["Id", "JSON"], [["Octopus.Retention", "{}"], ["Octopus.Scheduler", "{}"]]);
        script.Into("KeyAllocation", ["CollectionName", "Allocated"],
            [["ServerTasks", content.LastTask], ["Artifacts", content.Artifacts.Count], ["Projects", 5], ["Releases", 20], ["Deployments", 40], ["Spaces", 3]]);
    }

    private void AddSpaces() => script.Into("Space", ["Id", "Name", "IsDefault", "JSON"], WorldContent.Spaces.Select((space, i) => new object?[] { space.Id, space.Name, i == 0, "{}" }));

    private void AddProjects()
    {
        script.Into("Project", ["Id", "Name", "IsDisabled", "SpaceId", "JSON"], Many(5, i => [$"Projects-{i}", $"Project {i} – größer", i == 5, SpaceOf(i), "{}"]));
        script.Into("ProjectTrigger", ["Id", "Name", "ProjectId", "IsDisabled", "SpaceId", "JSON"], Many(4, i =>
        [
            $"ProjectTriggers-{i}", i == 3 ? "New machines" : $"Every night {i}", $"Projects-{i}", i == 4, SpaceOf(i),
            new JsonObject { ["Filter"] = new JsonObject { ["FilterType"] = i == 3 ? "MachineFilter" : "OnceDailySchedule" } }.ToJsonString(),
        ]));
        script.Into("Subscription", ["Id", "Name", "IsDisabled", "SpaceId", "JSON"], Many(2, i => [$"Subscriptions-{i}", $"Failed deployments {i}", i == 2, SpaceOf(i), "{}"]));
        script.Into("Release", ["Id", "Version", "ProjectId", "Assembled", "SpaceId", "JSON"], Many(20, i => [$"Releases-{i}", $"{1 + (i / 10)}.{i % 10}.0", $"Projects-{1 + (i % 5)}", Epoch.AddDays(i), SpaceOf(1 + (i % 5)), "{}"]));
        script.Into("Deployment", ["Id", "Name", "ReleaseId", "EnvironmentId", "TaskId", "Created", "SpaceId", "JSON"],
            Many(40, i => [$"Deployments-{i}", "Deploy to Production", $"Releases-{1 + (i % 20)}", $"Environments-{1 + (i % 6)}", $"ServerTasks-{i}", Epoch.AddDays(i), SpaceOf(i), "{}"]));
        script.Into("DeploymentEnvironment", ["Id", "Name", "SortOrder", "SpaceId", "JSON"], Many(6, i => [$"Environments-{i}", i % 2 == 0 ? "Production" : "Test", i, SpaceOf(i), "{}"]));
        script.Into("Tenant", ["Id", "Name", "SpaceId", "JSON"], Many(4, i => [$"Tenants-{i}", $"Customer {i}", SpaceOf(i), "{}"]));
    }

    private void AddInfrastructure()
    {
        string[] styles = ["TentaclePassive", "TentacleActive", "Ssh", "TentaclePassive", "OfflineDrop", "KubernetesTentacle", "TentacleActive", "None"];
        script.Into("Machine", ["Id", "Name", "CommunicationStyle", "Thumbprint", "Fingerprint", "IsDisabled", "SpaceId", "JSON"], Many(12, i =>
        [
            $"Machines-{i}", $"web-{i:00}", styles[i % styles.Length], content.Random.Letters($"machine {i}", 40, "0123456789ABCDEF"), null, i == 11, SpaceOf(i),
            new JsonObject { ["HealthStatus"] = i == 9 ? "Unavailable" : "Healthy", ["Endpoint"] = Endpoint(styles[i % styles.Length], i == 8 ? deaf : listening) }.ToJsonString(),
        ]));
        script.Into("Worker", ["Id", "Name", "CommunicationStyle", "Thumbprint", "IsDisabled", "SpaceId", "JSON"],
            Many(3, i =>
            [
                $"Workers-{i}", $"worker-{i}", i == 2 ? "TentacleActive" : "TentaclePassive", content.Random.Letters($"worker {i}", 40, "0123456789ABCDEF"), false, SpaceOf(i),
                new JsonObject { ["HealthStatus"] = "Healthy", ["Endpoint"] = Endpoint(i == 2 ? "TentacleActive" : "TentaclePassive", listening) }.ToJsonString(),
            ]));
        script.Into("MachinePolicy", ["Id", "Name", "IsDefault", "SpaceId", "JSON"], Many(3, i =>
        [
            $"MachinePolicies-{i}", i == 2 ? "Short-lived machines" : "Default Machine Policy", i != 2, SpaceOf(i), new JsonObject
            {
                ["MachineCleanupPolicy"] = new JsonObject
                {
                    ["DeleteMachinesBehavior"] = i == 2 ? "DeleteUnavailableMachines" : "DoNotDelete",
                    ["DeleteMachinesElapsedTimeSpan"] = i == 2 ? "01:00:00" : "00:00:00",
                },
            }.ToJsonString(),
        ]));
        script.Into("Certificate", ["Id", "Name", "Thumbprint", "NotAfter", "Subject", "Archived", "SpaceId", "JSON"],
            Many(2, i => [$"Certificates-{i}", $"Portal {i}", content.Random.Letters($"certificate {i}", 40, "0123456789ABCDEF"), Epoch.AddDays(700), $"CN=portal{i}.acme.example", null, SpaceOf(i), new JsonObject { ["CertificateData"] = Secret($"certificate {i}") }.ToJsonString()]));
    }

    private static JsonObject Endpoint(string style, string address) => new()
    {
        ["CommunicationStyle"] = style,
        ["Uri"] = style switch { "TentaclePassive" => address, "TentacleActive" => "poll://sandbox/", _ => null },
    };

    private void AddSecrets()
    {
        script.Into("Account", ["Id", "Name", "AccountType", "SpaceId", "JSON"],
            Many(4, i => [$"Accounts-{i}", $"deploy-{i}", i % 2 == 0 ? "UsernamePassword" : "Token", SpaceOf(i), new JsonObject { ["Username"] = $"deploy-{i}", ["Password"] = Secret($"account {i}") }.ToJsonString()]));
        script.Into("Feed", ["Id", "Name", "FeedType", "SpaceId", "JSON"],
        [
            .. Many(3, i => [$"feeds-builtin-{SpaceOf(i)}", "Octopus Server (built-in)", "BuiltIn", SpaceOf(i), "{}"]),
            .. Many(2, i => [$"Feeds-100{i}", $"Registry {i}", "Docker", SpaceOf(i), new JsonObject { ["FeedUri"] = "https://registry.acme.example", ["Password"] = Secret($"feed {i}") }.ToJsonString()]),
        ]);
        script.Into("VariableSet", ["Id", "OwnerId", "Version", "IsFrozen", "RelatedDocumentIds", "SpaceId", "JSON"], Many(8, i =>
        [
            $"variableset-Projects-{i}", $"Projects-{i}", i, false, null, SpaceOf(i), new JsonObject
            {
                ["Variables"] = new JsonArray(
                    Variable(i, 1, "Database.Name", "String", "Shop"),
                    Variable(i, 2, "Database.Password", "Sensitive", Secret($"variables {i} database")),
                    Variable(i, 3, "Greeting", "String", "Grüße | not a secret"),
                    Variable(i, 4, "Api.Token", "Sensitive", Secret($"variables {i} token")),
                    Variable(i, 5, "Nothing.Yet", "Sensitive", null)),
            }.ToJsonString(),
        ]));
    }

    private void AddPeople()
    {
        script.Into("User", ["Id", "Username", "DisplayName", "EmailAddress", "IsActive", "IsService", "JSON"],
        [
            ["Users-1", "admin", "Ada Admin", "ada@acme.example", true, false, "{\"IsAdministrator\":true}"],
            ["Users-2", "deployer", "Dora Deployer", "dora@acme.example", true, false, "{}"],
            ["Users-3", "former", "Fred Former", null, false, false, "{}"],
            ["Users-4", "builder", "Build server", null, true, true, "{}"],
        ]);
        script.Into("ApiKey", ["Id", "UserId", "ApiKeyHashed", "Created", "JSON"],
            [["APIKeys-1", "Users-1", ApiServer.Hash(secrets.ApiKey), Epoch, "{}"], ["APIKeys-2", "Users-2", ApiServer.Hash(secrets.DeployerApiKey), Epoch, "{}"]]);
    }

    private void AddWork()
    {
        script.Into("NuGetPackage", ["Id", "PackageId", "Version", "SpaceId", "Hash", "Size", "Published", "JSON"], content.Packages.Select(package => new object?[]
        {
            new PackageFile(package.Space, package.PackageId, package.Version, "").Id, package.PackageId, package.Version, package.Space,
            PackageIndex.HashOf(package.Content), package.Content.Length, package.Published, "{}",
        }));
        string[] task = ["Id", "Name", "Description", "QueueTime", "StartTime", "CompletedTime", "ErrorMessage", "State", "HasPendingInterruptions", "HasWarningsOrErrors", "ServerNodeId", "DurationSeconds", "JSON", "SpaceId"];
        script.Into("ServerTask", task, content.Tasks.Select(each => new object?[]
        {
            each.Id, each.Name, each.Description, each.Queued, each.Started, each.Completed, each.State == "Success" ? null : $"The task ended as {each.State}",
            each.State, false, each.State == "Failed", NodeId, each.Seconds, "{\"Arguments\":{}}", each.Space,
        }));
        // The one row that tells the real time: whoever looks at a running deployment wants to know since when.
        var now = options.Time.GetUtcNow();
        var (executing, scheduled) = (content.Executing, content.Scheduled);
        script.Into("ServerTask", task,
        [
            [executing.Id, executing.Name, executing.Description, now.AddSeconds(-30), now.AddSeconds(-28), null, null, executing.State, false, false, NodeId, 0, TaskDocument(options.TaskWaitsForPerson ? null : "Web shop"), executing.Space],
            [scheduled.Id, scheduled.Name, scheduled.Description, scheduled.Queued, null, null, null, scheduled.State, false, false, null, 0, "{\"Arguments\":{}}", scheduled.Space],
            .. Troublesome(now),
        ]);
        script.Into("Artifact", ["Id", "Filename", "ServerTaskId", "Created", "SpaceId", "JSON"], content.Artifacts.Select(each => new object?[]
        {
            each.Id, each.FileName, each.TaskId, each.Created, each.Space, new JsonObject { ["RelativePath"] = each.RelativePath }.ToJsonString(),
        }));
        script.Into("Event", ["AutoId", "Id", "Category", "Message", "Occurred", "UserId", "Username", "SpaceId", "JSON"],
            Many(150, i => [i, $"Events-{i}", i % 4 == 0 ? "DeploymentSucceeded" : "Modified", $"Event {i} happened", Epoch.AddHours(i * 40), "Users-1", "admin", i % 10 == 0 ? null : SpaceOf(i), "{}"]));
    }

    // Those that a move has to ask a person about; most worlds have none.
    private IEnumerable<object?[]> Troublesome(DateTimeOffset now)
    {
        var (waits, deaf) = (content.WaitsForPerson, content.Deaf);
        if (options.TaskWaitsForPerson)
            yield return [waits.Id, waits.Name, waits.Description, now.AddHours(-26), now.AddHours(-26), null, null, waits.State, true, false, NodeId, 0, TaskDocument("Web shop"), waits.Space];
        if (options.DeafTaskLasts is not null)
            yield return [deaf.Id, deaf.Name, deaf.Description, now.AddMinutes(-40), now.AddMinutes(-40), null, null, deaf.State, false, false, NodeId, 0, TaskDocument(null), deaf.Space];
        foreach (var queued in content.Queued)
            yield return [queued.Id, queued.Name, queued.Description, now.AddMinutes(-90), null, null, null, queued.State, false, false, null, 0, TaskDocument("Web shop", now.AddMinutes(-90).AddDays(1)), queued.Space];
    }

    private static string TaskDocument(string? concurrencyTag, DateTimeOffset? expires = null) => new JsonObject
    {
        ["Arguments"] = new JsonObject(),
        ["ConcurrencyTag"] = concurrencyTag,
        ["QueueTimeExpiry"] = expires?.ToString("O", CultureInfo.InvariantCulture),
    }.ToJsonString();

    private string Place(string directory) => options.Nodes > 1 ? Path.Combine(oldHome, directory) : directory;

    private string Secret(string purpose)
    {
        var plain = secrets.SensitiveValues[nextSecret++ % secrets.SensitiveValues.Count];
        return SensitiveValues.Encrypt(masterKey, plain, content.Random.Bytes("iv of " + purpose, 16));
    }

    private static JsonObject Variable(int set, int number, string name, string type, string? value) => new()
    {
        ["Id"] = string.Create(CultureInfo.InvariantCulture, $"{set}-{number}"),
        ["Name"] = name,
        ["Value"] = value,
        ["Type"] = type,
        ["Scope"] = new JsonObject(),
    };

    private static object?[] Document(string id, JsonObject document)
    {
        document.Insert(0, "Id", id);
        return [id, document.ToJsonString()];
    }

    private static IEnumerable<object?[]> Many(int count, Func<int, object?[]> row) => Enumerable.Range(1, count).Select(row);

    private static string SpaceOf(int number) => WorldContent.Spaces[(number - 1) % WorldContent.Spaces.Count].Id;
}
