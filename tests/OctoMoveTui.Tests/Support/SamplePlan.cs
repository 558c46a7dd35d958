using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Support;

/// <summary>A plan between two Windows servers, for tests that need one but no servers.</summary>
public static class SamplePlan
{
    public static MovePlan Make() => new()
    {
        MoveId = "20260301-0badcafe",
        MadeAt = new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.Zero),
        Old = Server("OLD01", "https://octopus.example.com", "old-sql.example.com"),
        New = Server("NEW01", "https://octopus-new.example.com", "new-sql.example.com"),
        Backup = new BackupPlan(@"\\share\backup\Octopus.bak", @"\\share\backup\Octopus.bak", "", ""),
        Directories = [new DirectoryPlan("Packages", @"C:\Octopus\Packages", @"D:\Octopus\Packages")],
    };

    private static ServerPlan Server(string machine, string url, string sql) => new()
    {
        Machine = machine,
        Instance = "OctopusServer",
        OctopusServer = @"C:\Program Files\Octopus Deploy\Octopus\Octopus.Server.exe",
        Sc = "sc.exe",
        Schtasks = "schtasks.exe",
        Url = url,
        Home = @"C:\Octopus",
        ConnectionString = $"Data Source={sql};Initial Catalog=Octopus;User ID=octopus",
        AdminConnectionString = $"Data Source={sql};Initial Catalog=Octopus;User ID=octopus",
        Database = "Octopus",
    };
}
