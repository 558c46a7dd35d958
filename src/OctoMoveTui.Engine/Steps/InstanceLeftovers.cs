using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>What of another installation lies where the new instance goes: the record of an instance, a config file, a service. All of it at once.</summary>
internal static class InstanceLeftovers
{
    /// <exception cref="MoveFailure">Something is in the way; it names all that is.</exception>
    internal static async Task RefuseAsync(MoveContext move, CancellationToken cancel)
    {
        var plan = move.Plan.New;
        var found = new List<(string What, string ToDo)>();
        var files = new List<string>();
        if (move.NewExe.IsThere && (await move.NewExe.ListInstancesAsync(cancel)).FirstOrDefault(each => each.Name == plan.Instance) is { } instance)
        {
            found.Add((ServiceNotes.InstanceLeft(instance.Name, instance.ConfigFile), ServiceNotes.InstanceToDo(instance.Name)));
            files.Add(instance.ConfigFile);
        }

        // An existing config file would silently be used, with another connection string and key in it.
        foreach (var file in files.Append(plan.ConfigFile).Distinct(StringComparer.OrdinalIgnoreCase).Where(File.Exists))
            found.Add((ServiceNotes.ConfigFileLeft(file), ServiceNotes.ConfigFileToDo(file)));

        // Beside a service of that name no other is installed: it would start whatever it was made for.
        if (await move.NewService.QueryAsync(cancel) is { } service)
            found.Insert(0, (ServiceNotes.ServiceLeft(plan.Service, service.Account, !service.IsStopped), ServiceNotes.ServiceToDo(plan.Service)));

        if (found.Count > 0)
            throw ServiceFailures.Leftovers(plan.Instance, found);
    }
}
