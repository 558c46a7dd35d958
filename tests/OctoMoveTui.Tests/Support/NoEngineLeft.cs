using System.Diagnostics;
using OctoMoveTui.Attaching;

namespace OctoMoveTui.Tests.Support;

/// <summary>However a test ends, no engine of its move is left behind.</summary>
internal sealed class NoEngineLeft(string moveFolder) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        if (await EngineClient.FindAsync(MeetingPlace.Of(moveFolder), looksOn: true, CancellationToken.None) is not { } client)
        {
            return;
        }

        client.Dispose();
        if (client.Process == Environment.ProcessId)
        {
            return;
        }

        using var engine = Process.GetProcessById(client.Process);
        engine.Kill(entireProcessTree: true);
        await engine.WaitForExitAsync();
    }
}
