using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Tests.SqlServer;

namespace OctoMoveTui.Tests.Contract;

/// <summary>What the engine takes for granted of SQL Server: the same tests for a real one and for the double (docs/testing-on-sql-server.md).</summary>
[Collection(ContractCollection.Name)]
public sealed class SqlContractTests(ContractServer server)
{
    public static TheoryData<string> Scripts => [.. Questions.All.Select(each => each.Script)];
    public static TheoryData<string> Mistakes => [.. Provocations.All.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Each_question_is_answered_in_the_columns_and_types_that_the_engine_reads(string script)
    {
        var question = Questions.All.Single(each => each.Script == script);
        Assert.SkipWhen(server.Record.Major < question.Since, $"SQL Server {server.Record.ProductVersion} can't be asked that.");
        Assert.SkipWhen(question.Platform is { } only && only != server.Record.Platform, $"Only servers on {question.Platform} are asked that.");

        var columns = await Questions.AskAsync(server, question);

        server.Record.Questions[script] = columns;
        var names = columns.Select(each => each.Split('(')[0].Replace(" decimal", " numeric", StringComparison.Ordinal));
        question.Columns.Split(',', StringSplitOptions.TrimEntries).Except(names).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Each_mistake_is_refused_with_its_numbers_in_order(string mistake)
    {
        var provocation = Provocations.All.Single(each => each.Name == mistake);
        Assert.SkipWhen(provocation.NeedsSqlLogin && server.WindowsLoginsOnly, "This server knows Windows logins only.");

        var errors = await provocation.RunAsync(server);

        server.Record.Errors[mistake] = errors;
        errors.Select(each => each.Number).ShouldBe(provocation.Numbers);
    }

    [Fact]
    public async Task A_database_is_backed_up_verified_restored_under_another_name_checked_compared_and_dropped()
    {
        var (file, copy) = (server.NewFile("whole.bak"), server.Prefix + "_copy");
        await using var connection = await server.OpenAsync();
        (string, object?)[] media = [.. BackupDevices.Values([file])];
        var devices = BackupDevices.Clause([file]);
        var percents = 0;
        connection.InfoMessage += (_, told) => percents += told.Errors.Cast<SqlError>().Count(each => each.Number == 3211);

        await using (var backUp = connection.Command(SqlScript.Text("back-up-database", ("devices", devices), ("compression", "NO_COMPRESSION")),
            [.. media, ("@db", server.Database), ("@name", "octomove_test"), ("@description", "octomove_test run=whole-" + server.Prefix), ("@media", "octomove_test")]))
        {
            backUp.CommandTimeout = 0;
            backUp.Drain();
        }
        percents.ShouldBeGreaterThan(0);
        await connection.ExecuteAsync(SqlScript.Text("verify-backup", ("devices", devices)), [.. media, ("@position", 1)]);
        var header = (await connection.RowsAsync(SqlScript.Text("read-backup-header", ("devices", devices)), media)).ShouldHaveSingleItem();
        header["DatabaseName"].ShouldBe(server.Database);
        header["HasBackupChecksums"].ShouldBe(true);
        header["IsCopyOnly"].ShouldBe(true);
        header["IsDamaged"].ShouldBe(false);
        var backup = (await connection.RowsAsync(SqlScript.Text("find-backup"), ("@db", server.Database), ("@run", "whole-" + server.Prefix))).ShouldHaveSingleItem();
        backup["backup_set_uuid"].ShouldBe(header["BackupSetGUID"]);
        backup["last_lsn"].ShouldBe(header["LastLSN"]);

        var files = await connection.RowsAsync(SqlScript.Text("read-backup-files", ("devices", devices)), [.. media, ("@position", 1)]);
        files.Select(each => each["Type"]).ShouldBe(["D", "L"]);
        await connection.ExecuteAsync(
            SqlScript.Text("restore-database", ("devices", devices), ("moves", "MOVE @l0 TO @p0, MOVE @l1 TO @p1"), ("replace", "")),
            [.. media, ("@db", copy), ("@position", 1), ("@l0", files[0]["LogicalName"]), ("@p0", server.InDataFolder("copy.mdf")), ("@l1", files[1]["LogicalName"]), ("@p1", server.InDataFolder("copy.ldf"))]);

        (await connection.RowsAsync(SqlScript.Text("find-restore"), ("@db", copy))).Single()["backup_set_uuid"].ShouldBe(header["BackupSetGUID"]);
        (await connection.ScalarAsync(SqlScript.Text("read-family"), ("@db", copy))).ShouldBe(header["FamilyGUID"]);
        var said = 0;
        connection.InfoMessage += (_, told) => said += told.Errors.Count;
        await connection.ExecuteAsync(SqlScript.Text("check-database"), ("@db", copy));
        said.ShouldBe(0);
        (await CountsAsync(copy)).ShouldBe(await CountsAsync(server.Database));
        await connection.ExecuteAsync(SqlScript.Text("drop-database", ("database", SqlScript.Quote(copy))));
        (await connection.ScalarAsync("SELECT COUNT(*) FROM sys.databases WHERE name = @db", ("@db", copy))).ShouldBe(0);
    }

    private async Task<List<string>> CountsAsync(string database)
    {
        await using var connection = await server.OpenAsync(database);
        var counts = new List<string>();
        foreach (var row in await connection.RowsAsync(SqlScript.Text("list-tables")))
        {
            var table = $"[{row["schema_name"]}].[{row["table_name"]}]";
            counts.Add($"{table} {await connection.ScalarAsync(SqlScript.Text("count-rows", ("table", table)))}");
        }
        return counts;
    }
}
