using System.Diagnostics.CodeAnalysis;

namespace OctoMoveTui.Sandbox.StandIns;

/// <summary>One call of a stand-in: what it was asked, and where its answer goes. Cancelled when the calling process goes away.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to dispose.")]
public sealed class StandInCall
{
    private readonly Stream stream;
    private readonly SemaphoreSlim writing = new(1);

    internal StandInCall(Stream stream, string machine, string tool, IReadOnlyList<string> arguments, CancellationToken cancelled)
    {
        this.stream = stream;
        Machine = machine;
        Tool = tool;
        Arguments = arguments;
        Cancelled = cancelled;
    }

    public string Machine { get; }

    /// <summary><c>Octopus.Server</c>, <c>sc</c> or <c>schtasks</c>.</summary>
    public string Tool { get; }

    public IReadOnlyList<string> Arguments { get; }

    public CancellationToken Cancelled { get; }

    public Task WriteLineAsync(string text = "") => WriteAsync(Wire.Out, text);

    public Task WriteErrorLineAsync(string text) => WriteAsync(Wire.Error, text);

    private async Task WriteAsync(char kind, string text)
    {
        await writing.WaitAsync(Cancelled);
        try
        {
            await stream.WriteAsync(Wire.Lines(kind, text), Cancelled);
        }
        finally
        {
            writing.Release();
        }
    }
}

/// <summary>A finished call, kept so that a test can ask which commands a machine received.</summary>
public sealed record RecordedCall(string Machine, string Tool, IReadOnlyList<string> Arguments, int ExitCode);
