using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary><c>reg.exe</c>, as far as a move needs it: query, of one value, of a key, or of all below it.</summary>
internal sealed class RegistryCommand(OctopusMachine machine)
{
    public async Task<int> AnswerAsync(StandInCall call)
    {
        var words = call.Arguments;
        if (words.Count < 2 || !words[0].Equals("query", StringComparison.OrdinalIgnoreCase))
            return await FailAsync(call, "ERROR: Invalid syntax.\nType \"REG /?\" for usage.");

        var (name, recursive) = ((string?)null, false);
        for (var i = 2; i < words.Count; i++)
        {
            switch (words[i].ToLowerInvariant())
            {
                case "/v" when i + 1 < words.Count:
                    name = words[++i];
                    break;
                case "/s":
                    recursive = true;
                    break;
                case "/reg:64" or "/reg:32":
                    break;
                default:
                    return await FailAsync(call, "ERROR: Invalid syntax.\nType \"REG QUERY /?\" for usage.");
            }
        }

        var key = words[1].Replace(@"HKLM\", @"HKEY_LOCAL_MACHINE\", StringComparison.OrdinalIgnoreCase);
        var found = machine.Registry.Below(key);
        if (found.Count == 0 || (name is not null && machine.Registry.Find(key, name) is null))
            return await FailAsync(call, "ERROR: The system was unable to find the specified registry key or value.");

        foreach (var (path, values) in found.Where(each => recursive || each.Key.Equals(key, StringComparison.OrdinalIgnoreCase)))
        {
            await call.WriteLineAsync();
            await call.WriteLineAsync(path);
            foreach (var (each, value) in values.Where(each => name is null || each.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                await call.WriteLineAsync($"    {each}    REG_SZ    {value}");
        }

        await call.WriteLineAsync();
        return 0;
    }

    private static async Task<int> FailAsync(StandInCall call, string text)
    {
        await call.WriteErrorLineAsync(text);
        return 1;
    }
}
