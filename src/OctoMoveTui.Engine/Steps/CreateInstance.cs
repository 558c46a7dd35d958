using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Guide steps 5 and 6: an instance of the same version on the restored database, with the saved master key. Never --create.</summary>
public sealed class CreateInstance : MoveStep<InstanceCreated>
{
    // Written right before our own create-instance: only then are an instance and a config file of that name ours.
    private const string Creating = "creating";

    /// <inheritdoc/>
    public override StepId Id => new("create-instance");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.CreateInstance;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Creates the instance and attaches it to the restored database. Octopus.Server takes the master key and the connection string "
            + "as arguments: for that moment they can be seen in the process list of the new server."),
        move.Command(move.NewExe, move.NewExe.CreateInstance(move.Plan.New.ConfigFile, move.Plan.New.Home)),
        move.Command(move.NewExe, move.NewExe.AttachDatabase(Secret.Mask, move.Plan.New.ConnectionString + ";Password=" + Secret.Mask)),
    ];

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        var instance = (await move.NewExe.ListInstancesAsync(cancel)).FirstOrDefault(each => each.Name == move.Plan.New.Instance);
        if (instance is null)
            return new StepProbe.NotDone();
        if (!move.HasMarked(Creating))
            throw OctopusFailures.InstanceInTheWay(instance.Name, instance.ConfigFile);
        return await IsAttachedAsync(move, instance, cancel)
            ? new StepProbe.Done(new InstanceCreated(instance.Name, instance.ConfigFile))
            : new StepProbe.HalfDone($"The instance {instance.Name} exists, but is not attached to the database with the key.");
    }

    /// <inheritdoc/>
    public override async Task<InstanceCreated> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var plan = move.Plan.New;
        await CheckNewServer.CheckVersionAsync(move, cancel);
        var key = await ProvenKeyAsync(move, cancel);

        var exists = (await move.NewExe.ListInstancesAsync(cancel)).Any(each => each.Name == plan.Instance);
        if (!exists)
        {
            // An existing config file would silently be used, with another connection string and key in it.
            if (File.Exists(plan.ConfigFile) && !move.HasMarked(Creating))
                throw OctopusFailures.ConfigFileInTheWay(plan.ConfigFile);
            move.Mark(Creating);
            await move.NewExe.RunAsync(move.NewExe.CreateInstance(plan.ConfigFile, plan.Home), cancel);
        }

        await move.NewExe.RunAsync(move.NewExe.AttachDatabase(key.Reveal(), await move.NewConnectionStringAsync(cancel)), cancel);
        return new InstanceCreated(plan.Instance, plan.ConfigFile);
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
