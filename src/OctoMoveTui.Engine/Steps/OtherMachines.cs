using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>What people have to do on other machines, written into the move folder: nobody copies three long lines from a screen by eye.</summary>
internal static class OtherMachines
{
    /// <summary>Writes the commands, machine by machine; secrets in them are masked already. That they can't be written stops nothing.</summary>
    internal static void Write(MoveContext move, IReadOnlyList<(string Machine, IReadOnlyList<string> Commands)> machines)
    {
        try
        {
            WholeFile.Write(move.Folder.OtherNodesFile, string.Concat(machines.SelectMany(each => (string[])
                [ClusterNotes.On(each.Machine), .. each.Commands.Select(command => "  " + command), ""]).Select(line => line + Environment.NewLine)));
            move.Info(ClusterNotes.WrittenTo(move.Folder.OtherNodesFile));
        }
        catch (MoveFailure failure)
        {
            move.Warn(ClusterNotes.NotWritten(move.Folder.OtherNodesFile, failure.Report.Raw ?? failure.Report.What));
        }
    }
}
