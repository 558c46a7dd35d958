using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Guide steps 5 and 6: an instance of the same version on the restored database, with the saved master key. Never --create. Its service is installed
/// with its account, and not started.
/// </summary>
public sealed class CreateInstance : MoveStep<InstanceCreated>
{
    // Written right before our own create-instance: only then are an instance and a config file of that name ours.
    internal const string Creating = "creating";

    /// <inheritdoc/>
    public override StepId Id => new("create-instance");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.CreateInstance;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = new UndoCreateInstance();

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Creates the instance and attaches it to the restored database. Octopus.Server takes the master key and the connection string "
            + "as arguments: for that moment they can be seen in the process list of the new server."),
        move.Command(move.NewExe, move.NewExe.CreateInstance(move.Plan.New.ConfigFile, move.Plan.New.Home, NewNodes.GivenName(move))),
        .. NewNodes.Preview(move),
        move.Command(move.NewExe, move.NewExe.AttachDatabase(Secret.Mask, move.Plan.New.ConnectionString + ";Password=" + Secret.Mask)),
        new(PreviewKind.Words, ServiceNotes.Previewed),
        .. ServiceInstalling.Preview(move),
        .. ServiceRights.PreviewReservations(move),
    ];

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        if (!move.HasMarked(Creating))
        {
            await InstanceLeftovers.RefuseAsync(move, cancel);
            return new StepProbe.NotDone();
        }

        var instance = (await move.NewExe.ListInstancesAsync(cancel)).FirstOrDefault(each => each.Name == move.Plan.New.Instance);
        if (instance is null)
            return new StepProbe.NotDone();
        if (!await IsAttachedAsync(move, instance, cancel))
            return new StepProbe.HalfDone($"The instance {instance.Name} exists, but is not attached to the database with the key.");

        // Afterwards the service is a matter of the steps that start it, and of its administrator. A move begun by an earlier version has none yet.
        if (move.Journalled.Standing != Journal.JournalStanding.Finished && !ServiceInstalling.IsReady(move, await move.NewService.QueryAsync(cancel)))
            return new StepProbe.HalfDone($"The instance {instance.Name} is attached, but its service is not installed as planned.");
        return new StepProbe.Done(new InstanceCreated(instance.Name, instance.ConfigFile) { Service = move.Plan.New.Service, Account = $"{move.NewAccount}" });
    }

    /// <inheritdoc/>
    public override async Task<InstanceCreated> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var plan = move.Plan.New;
        await CheckNewServer.CheckVersionAsync(move, cancel);
        await RestoredContent.ProveAsync(move, cancel);
        var key = await ProvenKeyAsync(move, cancel);

        if (!move.HasMarked(Creating))
        {
            await InstanceLeftovers.RefuseAsync(move, cancel);
            move.Mark(Creating);
        }

        if (!(await move.NewExe.ListInstancesAsync(cancel)).Any(each => each.Name == plan.Instance))
            await move.NewExe.RunAsync(move.NewExe.CreateInstance(plan.ConfigFile, plan.Home, NewNodes.GivenName(move)), cancel);
        await move.NewExe.RunAsync(move.NewExe.AttachDatabase(key.Reveal(), await move.NewConnectionStringAsync(cancel)), cancel);
        await NewNodes.NameLaterAsync(move, cancel);
        await MachineSettings.FitAsync(move, cancel);
        await ServiceInstalling.InstallAsync(move, cancel);
        if (move.Facts.Find<OldServerChecked>()?.Surroundings is { DependsOn: { Count: > 0 } depends })
            move.Warn(ServiceNotes.NotCarriedOver(depends));
        await ServiceRights.ReserveAsync(move, cancel);
        return new InstanceCreated(plan.Instance, plan.ConfigFile) { Service = plan.Service, Account = $"{move.NewAccount}" };
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, InstanceCreated fact, CancellationToken cancel)
    {
        var stored = await move.NewExe.ShowMasterKeyAsync(cancel);
        if (!stored.Equals(await move.MasterKeyAsync(cancel)))
            throw MasterKeyFailures.StoredAnother(fact.Instance);
        move.Proof(Notes.KeyStored);
    }

    // Proven against the restored database before it is handed to Octopus Server: on another machine it may just have been typed.
    private static async Task<MasterKey> ProvenKeyAsync(MoveContext move, CancellationToken cancel)
    {
        var key = await move.MasterKeyAsync(cancel);
        while (true)
        {
            try
            {
                var sql = await move.NewSqlAsync(cancel);
                await using var session = await sql.OpenAsync(move.Plan.New.Database, cancel);
                move.Proof(Notes.KeyProven((await KeyProof.ProveAsync(key, session, cancel)).By));
                return key;
            }
            catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.MasterKey && !move.IsHere(Side.Old))
            {
                move.Secrets.Forget(SecretKind.MasterKey);
                key = await move.AskMasterKeyAsync(failure.Report.What, cancel);
            }
        }
    }

    private static async Task<bool> IsAttachedAsync(MoveContext move, InstanceRecord instance, CancellationToken cancel)
    {
        if (InstanceConfigFile.FindConnectionString(instance.ConfigFile) is not { Length: > 0 } stored
            || ConnectionStrings.Read(stored).Database != move.Plan.New.Database)
            return false;

        try
        {
            return (await move.NewExe.ShowMasterKeyAsync(cancel)).Fingerprint == move.Facts.Require<MasterKeySaved>().Fingerprint;
        }
        catch (MoveFailure)
        {
            return false;
        }
    }
}
