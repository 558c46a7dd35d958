using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q1. A server in Windows authentication mode refuses every SQL login, with the same error as a wrong password.</summary>
public sealed class LoginMode() : SqlCheck("Q1b", SqlCheckWords.LoginMode, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var server = await sql.ServerAsync();
        var login = ConnectionStrings.Read(sql.Plan.New.ConnectionString).Login;
        return server.WindowsOnly && login is not null
            ? CheckResult.Fail(SqlCheckSentences.WindowsLoginsOnly(server.Facts.ServerName, login), SqlCheckSentences.AllowSqlLogins)
            : CheckResult.Pass(SqlCheckSentences.LoginModeFits(server.WindowsOnly, login));
    }
}
