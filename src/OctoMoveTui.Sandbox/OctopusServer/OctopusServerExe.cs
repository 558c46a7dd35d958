using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.OctopusServer.Commands;
using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>
/// <c>Octopus.Server</c>: the documented commands and options of its version and no others. Exit codes are those of the framework that it shares with Tentacle.
/// </summary>
internal sealed class OctopusServerExe(OctopusMachine machine)
{
    private const int Controlled = 1;
    private const int UnknownCommand = 2;
    private const int NotElevated = 42;
    private const int Unhandled = 100;
    private static readonly string Frame = new('=', 79);

    private static readonly OctopusCommand[] Commands =
    [
        new CheckServices(), new Configure(), new CreateInstance(), new DatabaseCommand(), new DeleteInstance(), new ListInstances(), new Node(),
        new PathCommand(), new Service(), new SetMasterKey(), new ShowConfiguration(), new ShowMasterKey(), new ShowThumbprint(), new VersionCommand(), new WatchdogCommand(),
    ];

    public async Task<int> AnswerAsync(StandInCall call)
    {
        var words = call.Arguments;
        if (words.Count == 0 || words[0] is "help" or "--help" or "-h" or "/?")
            return await HelpAsync(call, words.Count > 1 ? words[1] : null);

        if (Find(words[0]) is not { } command)
        {
            if (NotPartOfAMove.Commands.Contains(words[0], StringComparer.OrdinalIgnoreCase))
                return await FailAsync(call, Controlled, $"The sandbox's Octopus.Server knows '{words[0]}' but does not play it: a move has no business with it.");

            await call.WriteErrorLineAsync($"Command '{words[0]}' is not supported");
            await HelpAsync(call, null);
            return UnknownCommand;
        }

        try
        {
            var options = GivenOptions.Parse([.. words.Skip(1)], OptionsOf(command), machine.Options.DroppedOptions);
            if (options.Has("help"))
                return await HelpAsync(call, command.Name);
            if (command.NeedsElevation && !machine.Elevated)
                return await FailAsync(call, NotElevated, "This command must be run by an administrator: System.Security.SecurityException: Requested registry access is not allowed.");

            var takesOver = machine.Instances.TakeOverFromRegistry();
            if (!command.OnlyAnswers && !options.Has("nologo") && !options.Has("noconsolelogging"))
                await call.WriteLineAsync($"Octopus Deploy: Octopus version {machine.Version} ({machine.Version}+Branch.release)");
            else if (command.OnlyAnswers && (takesOver || machine.Options.NoiseBeforeAnswers || command is ListInstances && machine.Options.NoiseBeforeInstances))
                await call.WriteLineAsync("Migrating OctopusServer instance from registry to " + machine.InstanceFolder);

            await command.RunAsync(new CommandContext(machine, options, call, silent: command.OnlyAnswers));
            return 0;
        }
        catch (ControlledFailure e)
        {
            return await FailAsync(call, Controlled, e.Message);
        }
        catch (OperationCanceledException) when (call.Cancelled.IsCancellationRequested)
        {
            throw;
        }
        catch (SqlException e)
        {
            return await FailAsync(call, Unhandled, $"Microsoft.Data.SqlClient.SqlException (0x80131904): {e.Message}\nError Number:{e.Number},State:{e.State},Class:{e.Class}");
        }
        catch (Exception e)
        {
            return await FailAsync(call, Unhandled, e.ToString());
        }
    }

    private static async Task<int> FailAsync(StandInCall call, int exitCode, string message)
    {
        await call.WriteErrorLineAsync(Frame);
        await call.WriteErrorLineAsync(message);
        await call.WriteErrorLineAsync(Frame);
        return exitCode;
    }

    private OctopusCommand? Find(string? name) =>
        Commands.FirstOrDefault(each => Knows(each.Since) && string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<OctopusOption> OptionsOf(OctopusCommand command) => command.Options.Where(each => Knows(each.Since));

    private bool Knows(string? since) => since is null || OctopusVersions.Compare(machine.Version, since) >= 0;

    private async Task<int> HelpAsync(StandInCall call, string? name)
    {
        if (Find(name) is { } command)
        {
            await call.WriteLineAsync($"Usage: Octopus.Server {command.Name} [<options>]\n\nWhere [<options>] is any of:\n");
            foreach (var option in OptionsOf(command))
                await call.WriteLineAsync($"      --{option.Name + (option.HasValue ? "=VALUE" : ""),-36} {option.Description}");
            return 0;
        }

        await call.WriteLineAsync("Usage: Octopus.Server <command> [<options>]\n\nWhere <command> is one of:\n");
        foreach (var each in Commands.Where(each => Knows(each.Since)))
            await call.WriteLineAsync($"  {each.Name,-24} {each.Description}");
        await call.WriteLineAsync("\nOr use help <command> for more details.");
        return 0;
    }
}
