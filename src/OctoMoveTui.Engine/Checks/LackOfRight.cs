using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Tells a query that was denied from one that failed.</summary>
internal static class LackOfRight
{
    /// <summary>
    /// SELECT or EXECUTE on an object (229), CREATE DATABASE and the like (262, 3110), a server-wide right (297, 300), a procedure (15247),
    /// no user in the database (916, and 4060 when it was to be opened).
    /// </summary>
    internal static bool Is(MoveFailure failure) =>
        SqlFailures.NumberOf(failure) is 229 or 262 or 297 or 300 or 3110 or 15247 or 916 or SqlFailures.DatabaseRefused;
}
