using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Tests.Sql;

public sealed class SqlScriptTests
{
    public static TheoryData<string> AllScripts => [.. SqlScript.Names.Select(each => each[..^4])];

    [Theory]
    [MemberData(nameof(AllScripts))]
    public void Every_script_parses_as_T_SQL_of_SQL_Server_2016_and_of_the_newest(string name)
    {
        var text = SqlScript.Text(name,
            ("table", "[dbo].[Space]"), ("database", "[Octopus]"), ("user", "[octopus]"), ("login", name == "prove-as-login" ? "N'octopus'" : "[octopus]"), ("compression", "COMPRESSION"),
            ("moves", "MOVE @logical0 TO @physical0, MOVE @logical1 TO @physical1"), ("replace", ", REPLACE"),
            ("devices", "DISK = @file0, DISK = @file1"), ("hash", "0x0200"), ("sid", "0x01"));

        text.ShouldNotContain("{");
        foreach (var parser in new TSqlParser[] { new TSql130Parser(true), new TSql180Parser(true) })
        {
            parser.Parse(new StringReader(text), out var errors);
            errors.Select(each => $"{each.Line}: {each.Message}").ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_name_with_brackets_is_quoted() => SqlScript.Quote("My]DB").ShouldBe("[My]]DB]");

    [Fact]
    public void A_statement_is_shown_with_its_values_as_literals() =>
        SqlScript.Readable("-- why\nRESTORE HEADERONLY FROM DISK = @file;", ("@file", @"\\share\it's.bak"))
            .ShouldBe(@"RESTORE HEADERONLY FROM DISK = N'\\share\it''s.bak';");
}
