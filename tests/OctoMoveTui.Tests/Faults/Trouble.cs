using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Tests.Faults;

/// <summary>Where octomove meets the world.</summary>
internal enum Wire
{
    Request,
    Statement,
    Command,
}

/// <summary>A request, statement or command of a move, where trouble may strike.</summary>
/// <param name="Wire">What it is.</param>
/// <param name="Step">The step that octomove was at.</param>
/// <param name="Text">What was asked: method and path, the statement, the command line.</param>
internal sealed record Occasion(Wire Wire, string Step, string Text);

/// <summary>A kind of trouble, and how it is made at its wire.</summary>
/// <param name="Wire">Where it can strike.</param>
/// <param name="Name">What it is.</param>
internal sealed record Trouble(Wire Wire, string Name)
{
    public ApiAnswer? Answer { get; init; }

    public SqlFault? Fault { get; init; }

    /// <summary>What the program does instead; is given the call, and what would have been done.</summary>
    public Func<StandInCall, Func<Task<int>>, Task<int>>? Deed { get; init; }

    /// <summary>It ends only when a limit is reached, or a person's patience.</summary>
    public bool TakesTime => Name.Contains("hangs", StringComparison.Ordinal);

    /// <summary>All kinds, in the order in which the documentation has them.</summary>
    public static IReadOnlyList<Trouble> All { get; } =
    [
        Answering("refuses the key (401)", new ApiAnswer(401, "{ \"ErrorMessage\": \"The API key you provided was not valid.\" }")),
        Answering("forbids it (403)", new ApiAnswer(403, "{ \"ErrorMessage\": \"You do not have permission to perform this action.\" }")),
        Answering("limits requests (429)", new ApiAnswer(429, "") { RetryAfter = "0" }),
        Answering("limits requests for an hour (429)", new ApiAnswer(429, "") { RetryAfter = "3600" }),
        Answering("has an error of its own (500)", new ApiAnswer(500, "{ \"ErrorMessage\": \"Transaction was deadlocked\" }")),
        Answering("is busy (503)", new ApiAnswer(503, "starting") { ContentType = "text/plain" }),
        Answering("never answers", ApiAnswer.Silence),
        Answering("is a proxy with a page of its own", new ApiAnswer(200, "<html><body>Sign in</body></html>") { ContentType = "text/html", Node = "" }),
        Answering("resets the connection", ApiAnswer.Cut),
        Answering("does it and resets the connection", ApiAnswer.CutAfterwards),

        Failing("is chosen as a deadlock's victim (1205)", SqlFault.Fail(1205, "Transaction (Process ID 60) was deadlocked on lock resources with another process.", 13)),
        Failing("may not (229)", SqlFault.Fail(229, "The SELECT permission was denied on the object 'x', database 'Octopus', schema 'dbo'.", 14)),
        Failing("fails with an error nobody foresaw (50000)", SqlFault.Fail(50000, "Something else.", 16)),
        Failing("hangs", SqlFault.Hang),
        Failing("loses the connection", SqlFault.Drop),
        Failing("is done and loses the connection", SqlFault.DropAfterwards),

        Doing("ends with exit code 1", async (call, _) =>
        {
            await call.WriteErrorLineAsync("Something went wrong.");
            return 1;
        }),
        Doing("prints nothing", (_, _) => Task.FromResult(0)),
        Doing("prints garbage", async (call, _) =>
        {
            await call.WriteLineAsync("\u001b[2J{\"<?xml STATE : 99999999999999999999 PID : x");
            await call.WriteLineAsync("\",\",\"\",\"");
            return 0;
        }),
        Doing("hangs", async (call, _) => await HangAsync(call)),
        Doing("does it and ends with exit code 1", async (_, really) =>
        {
            await really();
            return 1;
        }),
        Doing("does it and hangs", async (call, really) =>
        {
            await really();
            return await HangAsync(call);
        }),
    ];

    public override string ToString() => $"{Wire} {Name}";

    private static Trouble Answering(string name, ApiAnswer answer) => new(Wire.Request, name) { Answer = answer };

    private static Trouble Failing(string name, SqlFault fault) => new(Wire.Statement, name) { Fault = fault };

    private static Trouble Doing(string name, Func<StandInCall, Func<Task<int>>, Task<int>> deed) => new(Wire.Command, name) { Deed = deed };

    private static async Task<int> HangAsync(StandInCall call)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Cancelled);
        return 0;
    }
}
