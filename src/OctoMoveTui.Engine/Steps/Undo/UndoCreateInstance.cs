using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The service, the instance and its config file are removed, if this move made them; the home directory and what lies in it stays.</summary>
internal sealed class UndoCreateInstance : StepUndo
{
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, UndoWords.RemovesInstance(move.Plan.New.Home)),
        move.Command(move.NewExe, move.NewExe.UninstallService),
        move.Command(move.NewExe, move.NewExe.DeleteInstance),
        new(PreviewKind.Path, UndoWords.Deleted(move.Plan.New.ConfigFile)),
        .. ServiceRights.Reserved(move).Select(each => move.Command(move.Plan.New.NetshFile, Netsh.Release(each))),
    ];

    public override async Task RunAsync(MoveContext move, CancellationToken cancel)
    {
        // Without the mark nothing was made here: what is found under that name is somebody else's.
        if (!move.HasMarked(CreateInstance.Creating))
        {
            move.Info(UndoNotes.NoInstanceMade(move.Plan.New.Instance));
            return;
        }

        var isKnown = await IsKnownAsync(move, cancel);
        if (await move.NewService.QueryAsync(cancel) is not null)
        {
            await NewServiceStop.StopAsync(move, cancel);
            if (isKnown)
                await move.NewExe.RunAsync(move.NewExe.UninstallService, cancel);
            else
                await move.NewService.RunAsync(move.NewService.Delete, cancel);
        }

        // The service first: without its record the instance could not be named any more.
        if (isKnown)
            await move.NewExe.RunAsync(move.NewExe.DeleteInstance, cancel);
        DeleteConfigFile(move.Plan.New.ConfigFile);
        await ServiceRights.ReleaseAsync(move, cancel);
    }

    public override async Task ProveAsync(MoveContext move, CancellationToken cancel)
    {
        if (!move.HasMarked(CreateInstance.Creating))
            return;
        if (await move.NewService.QueryAsync(cancel) is not null)
            throw UndoFailures.ServiceStays(move.NewService.Service);
        if (await IsKnownAsync(move, cancel))
            throw UndoFailures.InstanceStays(move.Plan.New.Instance);
        move.Proof(UndoNotes.InstanceGone(move.Plan.New.Instance, move.NewService.Service));
    }

    private static async Task<bool> IsKnownAsync(MoveContext move, CancellationToken cancel) =>
        (await move.NewExe.ListInstancesAsync(cancel)).Any(each => each.Name == move.Plan.New.Instance);

    private static void DeleteConfigFile(string file)
    {
        try
        {
            Disk.Delete(file);
        }
        catch (DirectoryNotFoundException)
        {
            // It was not made yet.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UndoFailures.FileStays(file, error);
        }
    }
}
