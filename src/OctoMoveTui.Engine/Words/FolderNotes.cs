using OctoMoveTui.Engine.Journal;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is told of a folder that can be worked with all the same, in words.</summary>
internal static class FolderNotes
{
    internal static string OtherProgram(string there, string here) =>
        $"octomove {there} worked on this move last; this is octomove {here}. It shows what it can read, and may not know all of it.";

    internal static string TwoOfOneName(JournalEntry twin, RunIdentity here) =>
        $"{twin.User} worked on a machine called {twin.Machine}{Known(twin.Host, twin.MachineId)} at {twin.At:u}; this one is called "
        + $"{here.Machine}{Known(here.Host, here.MachineId)}: by that it is another machine.";

    internal static string OneOfTwoNames(JournalEntry other, RunIdentity here) =>
        $"This machine is called {here.Machine} by the configuration. {other.User} has worked on it as {other.Machine} at {other.At:u}. If it is {other.Machine}, stop here.";

    private static string Known(string? host, string? id) => (host, id) switch
    {
        (null, null) => "",
        (null, _) => $" (id {id})",
        (_, null) => $" ({host})",
        _ => $" ({host}, id {id})",
    };
}
