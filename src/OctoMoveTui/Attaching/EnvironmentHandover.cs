using OctoMoveTui.CommandLine.Configuring;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Attaching;

/// <summary>
/// octomove's environment variables, secrets among them, for an engine that somebody else starts for us (the task scheduler): over a socket of its own beside
/// the one where the engine is going to listen, so that they are in no file and on no command line.
/// </summary>
internal static class EnvironmentHandover
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until it is given.</summary>
    /// <exception cref="MoveFailure">Somebody else waits for it already, or it never came.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReceiveAsync(MeetingPlace place, TimeProvider time, CancellationToken cancel)
    {
        await using var host = EngineHost.Open(Of(place), null, _ => { }, time) ?? throw AttachFailures.NotGiven();
        try
        {
            var given = await host.Given.WaitAsync(Patience, time, cancel);
            return given.ToDictionary(each => each.Key, each => each.Value.Reveal());
        }
        catch (TimeoutException)
        {
            throw AttachFailures.NotGiven();
        }
    }

    /// <summary>Gives it, as soon as somebody waits for it.</summary>
    /// <returns>False when nobody came for it.</returns>
    public static async Task<bool> GiveAsync(MeetingPlace place, IReadOnlyDictionary<string, string> environment, TimeProvider time, CancellationToken cancel)
    {
        var since = time.GetTimestamp();
        while (time.GetElapsedTime(since) < Patience)
        {
            using var client = await EngineClient.FindAsync(Of(place), looksOn: false, cancel);
            if (client is not null)
            {
                await client.GiveAsync(environment.Where(each => each.Key.StartsWith(ConfigurationLoader.EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)).ToDictionary());
                return true;
            }

            await Task.Delay(Look, time, cancel);
        }

        return false;
    }

    private static MeetingPlace Of(MeetingPlace place) => place with { Name = place.Name + "-given" };
}
