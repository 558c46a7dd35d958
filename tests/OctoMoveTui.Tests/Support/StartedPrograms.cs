using System.Text;
using OctoMoveTui.Sandbox;
using OctoMoveTui.Sandbox.Machines;

namespace OctoMoveTui.Tests.Support;

/// <summary>
/// Writes down with which environment each program was started that octomove starts, as the program itself sees it: the scripts of the sandbox are given one
/// more line. Not on Windows, where they are no shell scripts.
/// </summary>
public sealed class StartedPrograms
{
    private const string Begin = "--- started: ";
    private readonly string record;

    public StartedPrograms(SandboxWorld world)
    {
        record = Path.Combine(world.Old.Folder, "started.config");
        foreach (var script in new[] { world.Old, world.New }.SelectMany(Scripts).Where(File.Exists))
        {
            var lines = File.ReadAllLines(script).ToList();
            lines.Insert(1, $"{{ printf '\\n%s\\n' \"{Begin}{Path.GetFileName(script)} $1\"; tr '\\0' '\\n' < /proc/$$/environ; }} >> '{record}'");
            File.WriteAllLines(script, lines);
        }
    }

    /// <summary>What each of them was started with: its name and first word, then its environment.</summary>
    public IReadOnlyList<string> All => [.. File.ReadAllText(record, Encoding.Latin1).Split(Begin)[1..]];

    private static IEnumerable<string> Scripts(OctopusMachine machine) =>
        [machine.OctopusServer, machine.Sc, machine.Schtasks, machine.Tasklist, machine.Netsh, machine.Icacls, machine.Reg, machine.Msiexec];
}
