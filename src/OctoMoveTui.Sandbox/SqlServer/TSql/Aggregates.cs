using System.Globalization;
using Microsoft.Data.Sqlite;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>Aggregates that SQLite hasn't got, or has with other results.</summary>
internal static class Aggregates
{
    public static void Register(SqliteConnection connection)
    {
        connection.CreateAggregate<object?, decimal?, object?>(
            "t_sum_decimal",
            null,
            (sum, value) => value is null or DBNull ? sum : (sum ?? 0) + Stored.ToDecimal(value),
            sum => sum?.ToString(CultureInfo.InvariantCulture)
        );
        connection.CreateAggregate<object?, (decimal Sum, long Count), object?>(
            "t_avg",
            (0, 0),
            (state, value) => value is null or DBNull ? state : (state.Sum + Stored.ToDecimal(value), state.Count + 1),
            state => state.Count == 0 ? null : (state.Sum / state.Count).ToString(CultureInfo.InvariantCulture)
        );
        connection.CreateAggregate<object?, long?, object?>(
            "t_checksum_agg",
            null,
            (sum, value) => value is long part ? (sum ?? 0) ^ part : sum,
            sum => sum
        );
    }
}
