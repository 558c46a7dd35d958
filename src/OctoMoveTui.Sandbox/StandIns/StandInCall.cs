using System.Diagnostics.CodeAnalysis;

namespace OctoMoveTui.Sandbox.StandIns;

/// <summary>One call of a stand-in: what it was asked, and where its answer goes. Cancelled when the calling process goes away.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to dispose.")]
public sealed class StandInCall
{
    private readonly Stream stream;
    private readonly SemaphoreSlim writing = new(1);

    /// <summary>Two variables of the caller's environment: Octopus.Server takes the account of a service from them, so that no command line has to tell it.</summary>
    public const string UserVariable = "OCTOPUS_SERVICE_USERNAME";
    public const string PasswordVariable = "OCTOPUS_SERVICE_PASSWORD";

    internal StandInCall(Stream stream, string machine, string tool, (string User, string Password) service, IReadOnlyList<string> arguments, CancellationToken cancelled)
    {
        this.stream = stream;
        Machine = machine;
        Tool = tool;
        (ServiceUser, ServicePassword) = (OrNull(service.User), OrNull(service.Password));
        Arguments = arguments;
        Cancelled = cancelled;
    }

    public string Machine { get; }

    /// <summary><c>Octopus.Server</c>, <c>sc</c>, <c>schtasks</c>, <c>msiexec</c>, <c>netsh</c>, <c>icacls</c>, <c>rsync</c>, <c>robocopy</c> or <c>rclone</c>.</summary>
    public string Tool { get; }

    public IReadOnlyList<string> Arguments { get; }

    public string? ServiceUser { get; }
    public string? ServicePassword { get; }

    public CancellationToken Cancelled { get; }

    public Task WriteLineAsync(string text = "") => WriteAsync(Wire.Out, text);

    public Task WriteErrorLineAsync(string text) => WriteAsync(Wire.Error, text);

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

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
