using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Contract;

/// <summary>Holds the double to what real servers were recorded to say. No recording is committed yet: none has been made.</summary>
public sealed class RecordedServersTests
{
    private static string[] Recordings => Directory.GetFiles(Repository.PathOf("tests", "OctoMoveTui.Tests", "Contract", "Recorded"), "sql-contract-*.json");

    private static async Task<ContractRecord> AskAllAsync(Func<SqlServerOptions, SqlServerOptions> with)
    {
        var server = await ContractServer.StartDoubleAsync(with);
        try
        {
            foreach (var question in Questions.All.Where(each => server.Record.Major >= each.Since && (each.Platform ?? server.Record.Platform) == server.Record.Platform))
            {
                server.Record.Questions[question.Script] = await Questions.AskAsync(server, question);
            }
            foreach (var provocation in Provocations.All)
            {
                server.Record.Errors[provocation.Name] = await provocation.RunAsync(server);
            }
            return server.Record;
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_double_answers_what_real_servers_were_recorded_to_answer()
    {
        foreach (var real in Recordings.Select(ContractRecord.Read))
        {
            var pretend = await AskAllAsync(options => options with
            {
                ProductVersion = real.ProductVersion, Edition = real.Edition, EngineEdition = real.EngineEdition, Platform = Enum.Parse<ServerPlatform>(real.Platform),
            });

            real.DifferencesFrom(pretend).ShouldBeEmpty($"The double is not like SQL Server {real.ProductVersion}.");
        }
    }

    [Fact]
    public async Task A_recording_keeps_everything_and_every_difference_from_it_is_told()
    {
        var record = await AskAllAsync(options => options with { ProductVersion = "15.0.4298.1" });
        var folder = Directory.CreateTempSubdirectory("octomove-record-");
        record.Write(folder.FullName);
        var read = ContractRecord.Read(Path.Combine(folder.FullName, "sql-contract-15.json"));
        folder.Delete(recursive: true);

        read.IsRealServer.ShouldBeFalse();
        read.Questions.Keys.ShouldBe(record.Questions.Keys);
        read.Errors.Count.ShouldBe(Provocations.All.Count);
        read.DifferencesFrom(record).ShouldBeEmpty();

        read.Questions["read-family"] = ["family_guid nvarchar(36)"];
        read.Errors["read the header of something else"] = [new(3241, 7, 16), new(3013, 1, 16)];
        read.DifferencesFrom(record).ShouldBe(
        [
            "read-family: family_guid nvarchar(36) here, family_guid uniqueidentifier there",
            "read the header of something else: 3241 state 7 class 16 3013 state 1 class 16 here, 3241 state 0 class 16 3013 state 1 class 16 there",
        ]);
    }

    [Fact]
    public async Task A_newer_version_and_another_platform_are_asked_and_answer_more()
    {
        var old = await AskAllAsync(options => options with { ProductVersion = "15.0.4298.1" });
        var @new = await AskAllAsync(options => options with { Platform = ServerPlatform.Windows });

        old.Questions["read-backup-header"].Count.ShouldBe(56);
        @new.Questions["read-backup-header"].Count.ShouldBe(59);
        @new.Questions.Keys.ShouldContain("read-backup-folder");
        old.DifferencesFrom(@new).Select(each => each.Split(':')[0]).ShouldContain("read-backup-header");
    }
}
