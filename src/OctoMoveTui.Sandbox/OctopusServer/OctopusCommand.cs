using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>One command of Octopus.Server.</summary>
internal abstract class OctopusCommand
{
    protected static readonly OctopusOption InstanceOption = OctopusOption.Value("instance", "Name of the instance to use");
    protected static readonly OctopusOption ConfigOption = OctopusOption.Value("config", "Configuration file to use");
    protected static readonly OctopusOption FormatOption = OctopusOption.Value("format", "The format of the output (text,json). Defaults to text.");
    protected static readonly OctopusOption SkipCompatibilityCheck = OctopusOption.Flag("skipDatabaseCompatibilityCheck", "Skips the database compatibility check") with { Since = "2020.3" };
    protected static readonly OctopusOption SkipUpgradeCheck = OctopusOption.Flag("skipDatabaseSchemaUpgradeCheck", "Skips the database schema upgrade checks. Use with caution") with { Since = "2020.3" };

    public abstract string Name { get; }

    public abstract string Description { get; }

    public abstract IReadOnlyList<OctopusOption> Options { get; }

    /// <summary>The first version that knows it; null: all.</summary>
    public virtual string? Since => null;

    /// <summary>Commands that only answer a question print no title and no log lines around the answer.</summary>
    public virtual bool OnlyAnswers => false;

    public virtual bool NeedsElevation => true;

    public abstract Task RunAsync(CommandContext context);
}

/// <summary>What a command works with: its machine, its options and its console.</summary>
internal sealed class CommandContext(OctopusMachine machine, GivenOptions options, StandInCall call, bool silent)
{
    public OctopusMachine Machine => machine;
    public GivenOptions Options => options;
    public CancellationToken Cancel => call.Cancelled;

    /// <summary>The account for a service, as the environment tells it.</summary>
    public string? ServiceUser => call.ServiceUser;
    public string? ServicePassword => call.ServicePassword;

    /// <summary>A log line: silenced by <c>--noconsolelogging</c>.</summary>
    public Task LogAsync(string text) => silent || options.Has("noconsolelogging") ? Task.CompletedTask : call.WriteLineAsync(text);

    /// <summary>What was asked for.</summary>
    public Task AnswerAsync(string text) => call.WriteLineAsync(text);

    public InstanceRecord Record
    {
        get
        {
            if (options["config"] is { } file)
            {
                return machine.Instances.FindByConfigurationFile(file) ?? throw new ControlledFailure(
                    $"There is no instance of Octopus Server on this machine that uses the configuration file '{file}'.");
            }

            var name = options["instance"] ?? InstanceRecord.DefaultName;
            if (machine.Instances.Find(name) is { } record)
                return record;

            var available = machine.Instances.All;
            throw new ControlledFailure(
                $"Instance {name} of OctopusServer has not been configured on this machine. "
                + (available.Count == 0 ? "There are no instances of OctopusServer configured on this machine." : $"Available instances: {string.Join(", ", available.Select(each => each.Name))}."));
        }
    }

    public Instance Instance => new(machine, Record);

    public bool WantsJson => (options["format"] ?? "text").ToLowerInvariant() switch
    {
        "text" => false,
        "json" => true,
        var other => throw new ControlledFailure($"The format '{other}' is not supported. Try text or json."),
    };
}
