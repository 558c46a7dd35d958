using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Backups;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Databases;

/// <summary>CREATE DATABASE … AS SNAPSHOT OF: the rows as they are now, read-only. While it exists its source can't be dropped or restored over.</summary>
internal static class SnapshotDatabase
{
    public static void Create(Execution execution, CreateDatabaseStatement create)
    {
        var server = execution.Server;
        var source = server.Open(create.DatabaseSnapshot.Value, execution.Session);
        if (!Permissions.MayCreateDatabases(execution.Session))
        {
            throw SqlErrors.Denied("CREATE DATABASE", "master");
        }
        if (create.FileGroups.SelectMany(group => group.FileDeclarations).ToList() is not [var file])
        {
            throw SqlErrors.NotModelled("a snapshot of several files");
        }
        var path = file.Options.OfType<FileNameFileDeclarationOption>().FirstOrDefault()?.OSFileName.Value ?? throw SqlErrors.Syntax("FILENAME");
        if (server.Disk.WhyNotWritable(path) is { } why)
        {
            throw new SqlServerException(
                new SqlMessage(
                    5123,
                    1,
                    16,
                    $"CREATE FILE encountered operating system error {ServiceAccountDisk.Describe(why)} while attempting to open or create the physical file '{path}'."
                ),
                new SqlMessage(1802, 4, 16, "CREATE DATABASE failed. Some file names listed could not be created. Check related errors.")
            );
        }
        lock (server.Names)
        {
            if (server.Find(create.DatabaseName.Value) is not null)
            {
                throw SqlErrors.DatabaseExists(create.DatabaseName.Value);
            }
            var files = new[] { server.FileAt(1, false, source.DataFile.LogicalName, path) };
            using (var rows = Snapshot.Of(source, server.Paths.ToReal(server.DataFolder)))
            using (var copy = File.Create(files[0].RealPath))
            {
                rows.CopyTo(copy);
            }
            var snapshot = new DatabaseState(create.DatabaseName.Value, server.NextDatabaseId(), files, source.OwnerSid, server.LocalNow)
            {
                SnapshotOf = source,
                Settings = source.Settings with { ReadOnly = true },
            };
            foreach (var user in source.Users.Values)
            {
                snapshot.Users[user.Name] = user;
            }
            server.Put(snapshot);
        }
    }

    public static void DemandNone(SqlServerInstance server, DatabaseState database)
    {
        if (server.SnapshotOf(database) is { } snapshot)
        {
            throw new SqlServerException(
                new SqlMessage(
                    3709,
                    1,
                    16,
                    $"Cannot drop the database while the database snapshot \"{snapshot.Name}\" refers to it. Drop that database first."
                )
            );
        }
    }
}
