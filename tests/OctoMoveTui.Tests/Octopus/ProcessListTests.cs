using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Octopus;

public sealed class ProcessListTests : IDisposable
{
    private readonly TemporaryFolder proc = new();

    public void Dispose() => proc.Dispose();

    [Fact]
    public async Task On_Linux_the_command_line_tells_the_instance_and_only_a_running_server_counts()
    {
        Process(11, "/Octopus/Octopus.Server", "run", "--instance=OctopusServer", "--console");
        Process(12, "dotnet", "/Octopus/Octopus.Server.dll", "run", "--instance", "Second");
        Process(13, "/Octopus/Octopus.Server", "show-configuration", "--instance=OctopusServer");
        Process(14, "/Octopus/Octopus.Server", "run");
        Process(15, "tail", "-f", "/var/log/Octopus.Server");
        Directory.CreateDirectory(Path.Combine(proc.Path, "self"));

        var found = await new ProcessList(null, proc.Path).FindAsync(default);

        found.ShouldNotBeNull().OrderBy(each => each.Id).Select(each => (each.Id, each.Instance)).ShouldBe(
            [(11, "OctopusServer"), (12, "Second"), (13, null), (14, "OctopusServer")]);
        found.Single(each => each.Id == 11).Runs("OctopusDeploy", "octopusserver").ShouldBeTrue();
        found.Single(each => each.Id == 12).Runs("OctopusDeploy", "OctopusServer").ShouldBeFalse();
    }

    [Fact]
    public async Task Where_there_is_neither_a_command_nor_proc_nobody_knows() =>
        (await new ProcessList(null, Path.Combine(proc.Path, "nothing")).FindAsync(default)).ShouldBeNull();

    private void Process(int id, params string[] words)
    {
        var directory = Directory.CreateDirectory(Path.Combine(proc.Path, $"{id}"));
        File.WriteAllText(Path.Combine(directory.FullName, "cmdline"), string.Join('\0', words) + "\0");
    }
}
