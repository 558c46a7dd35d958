using OctoMoveTui.Sandbox.SqlServer.Tds;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>BEGIN, COMMIT and ROLLBACK, whether they came as T-SQL or as requests of their own. The client believes ENVCHANGE only.</summary>
internal static class Transactions
{
    public static void Begin(Execution execution)
    {
        execution.Session.Transaction.Begin();
        if (execution.Session.Transaction.Depth == 1)
        {
            execution.Tokens.EnvChange(EnvironmentChange.BeginTransaction, Id(execution), []);
        }
        execution.Done(CurrentCommand.BeginTransaction);
    }

    public static void Commit(Execution execution)
    {
        if (!execution.Session.Transaction.IsOpen)
        {
            throw SqlErrors.NoTransaction("COMMIT");
        }
        execution.Session.Transaction.Commit();
        if (!execution.Session.Transaction.IsOpen)
        {
            execution.Tokens.EnvChange(EnvironmentChange.Commit, [], Id(execution));
        }
        execution.Done(CurrentCommand.Commit);
    }

    public static void Rollback(Execution execution)
    {
        if (!execution.Session.Transaction.IsOpen)
        {
            throw SqlErrors.NoTransaction("ROLLBACK");
        }
        execution.Session.Transaction.Rollback();
        execution.Tokens.EnvChange(EnvironmentChange.Rollback, [], Id(execution));
        execution.Done(CurrentCommand.Rollback);
    }

    private static byte[] Id(Execution execution) => BitConverter.GetBytes(execution.Session.Transaction.Id);
}
