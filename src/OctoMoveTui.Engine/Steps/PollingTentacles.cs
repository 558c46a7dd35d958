using System.Text;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Tentacles that poll have the server's address in their own configuration. A DNS name that moves takes them along; another name means a command on
/// each machine. These commands, with a placeholder where the API key goes.
/// </summary>
internal static class PollingTentacles
{
    /// <summary>True when the old address is no longer where the server will be. Ports of the web portal don't matter: Tentacles poll at another one.</summary>
    internal static bool AddressChanges(MovePlan plan) =>
        !Uri.TryCreate(plan.Old.Url, UriKind.Absolute, out var old) || !Uri.TryCreate(plan.New.Url, UriKind.Absolute, out var now)
        || !string.Equals(old.Host, now.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the list into the move folder; gives its path.</summary>
    internal static string Write(MoveContext move, OldSurroundings old)
    {
        WholeFile.Write(move.Folder.PollingTentaclesFile, Text(move.Plan, old));
        return move.Folder.PollingTentaclesFile;
    }

    /// <summary>The list.</summary>
    internal static string Text(MovePlan plan, OldSurroundings old)
    {
        var text = new StringBuilder(TentacleWords.PollingHead(plan.Old.Url, plan.New.Url));
        var port = old.CommunicationsPort ?? 10943;
        foreach (var each in old.Polling.OrderBy(each => each.Space, StringComparer.Ordinal).ThenBy(each => each.Name, StringComparer.Ordinal))
        {
            text.Append('\n').Append(TentacleWords.PollingMachine(each)).Append('\n');
            text.Append(each.Polls ? TentacleWords.PollCommands(plan.New.Url, port) : TentacleWords.KubernetesToDo(plan.New.Url, port)).Append('\n');
        }

        return text.ToString();
    }
}
