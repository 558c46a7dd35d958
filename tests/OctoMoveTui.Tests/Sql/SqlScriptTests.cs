using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Tests.Sql;

public sealed class SqlScriptTests
{
    // Everything that the engine ever fills in.
    private static readonly (string Brace, string[] Fillings)[] Braces =
    [
        ("devices",
        [
            BackupDevices.Clause([@"\\files\move\o.bak"]),
            BackupDevices.Clause(["/var/opt/mssql/data/o-1.bak", "/var/opt/mssql/data/o-2.bak", "/var/opt/mssql/data/o-3.bak", "/var/opt/mssql/data/o-4.bak"]),
            BackupDevices.Clause(["https://account.blob.core.windows.net/container/o.bak"]),
            BackupDevices.Clause(["s3://endpoint/bucket/o.bak"]),
        ]),
        ("compression", ["COMPRESSION", "NO_COMPRESSION"]),
        ("moves", ["MOVE @logical0 TO @physical0", "MOVE @logical0 TO @physical0, MOVE @logical1 TO @physical1, MOVE @logical2 TO @physical2"]),
        ("replace", ["", ", REPLACE"]),
        ("columns", ["", ", [PackageId], [odd]]column]"]),
        ("table", ["[dbo].[Space]", "[odd schema].[odd]]table]"]),
        ("database", ["[Octopus]", "[Octopus; DROP]]s]"]),
        ("user", ["[octopus]", @"[CORP\NEW$]"]),
        ("login", ["[octopus]", @"[CORP\NEW$]"]),
        ("hash", ["0x0200AB"]),
        ("sid", ["0x01"]),
        ("waits", ["t.[HasPendingInterruptions]", "NULL"]),
        ("node", ["t.[ServerNodeId]", "NULL"]),
        ("space", ["t.[SpaceId]", "N'Spaces-1'", "NULL"]),
        ("details", ["t.[JSON]", "NULL"]),
        ("document", ["JSON AS document, NULL AS packed", "JSON AS document, JSONBlob AS packed", "NULL AS document, JSONBlob AS packed"]),
        ("column", ["[Id]", "[NodeId]"]),
        ("cap", ["NULL", "[MaxConcurrentTasks]"]),
        ("statements", ["UPDATE [dbo].[Machine] SET IsDisabled = 1;\nDELETE FROM [dbo].[OctopusServerNode];"]),
        ("drain", ["NULL", "[IsInMaintenanceMode]"]),
    ];

    public static TheoryData<string> AllScripts => [.. SqlScript.Names.Select(each => each[..^4])];

    [Theory]
    [MemberData(nameof(AllScripts))]
    public void Every_script_parses_as_T_SQL_of_SQL_Server_2016_and_of_the_newest_whatever_is_filled_in(string name)
    {
        IEnumerable<string> texts = [SqlScript.Text(name)];
        foreach (var (brace, fillings) in Braces)
        {
            // EXECUTE AS takes a string where the others take a name.
            string[] fitting = name == "prove-as-login" && brace == "login" ? ["N'octopus'", @"N'CORP\NEW$'"] : fillings;
            texts = texts.SelectMany(text => fitting.Select(filling => text.Replace("{" + brace + "}", filling, StringComparison.Ordinal))).Distinct();
        }

        foreach (var text in texts)
        {
            text.ShouldNotContain("{");
            foreach (var parser in new TSqlParser[] { new TSql130Parser(true), new TSql180Parser(true) })
            {
                parser.Parse(new StringReader(text), out var errors);
                errors.Select(each => $"{each.Line}: {each.Message}").ShouldBeEmpty(text);
            }
        }
    }

    [Fact]
    public void A_name_with_brackets_is_quoted() => SqlScript.Quote("My]DB").ShouldBe("[My]]DB]");

    [Fact]
    public void A_statement_is_shown_with_its_values_as_literals() =>
        SqlScript.Readable("-- why\nRESTORE HEADERONLY FROM DISK = @file;", ("@file", @"\\share\it's.bak"))
            .ShouldBe(@"RESTORE HEADERONLY FROM DISK = N'\\share\it''s.bak';");
}
