using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Tests.SandboxOctopus;

namespace OctoMoveTui.Tests.Faults;

/// <summary>A command that prints a secret and then fails: nobody knows that secret yet, so nothing could hide it.</summary>
public sealed class SecretOutputTests(SharedWorld shared) : IClassFixture<SharedWorld>, IDisposable
{
    private readonly List<string> told = [];

    public void Dispose() => shared.World.Old.Intercept = null;

    [Theory]
    [InlineData("show-master-key")]
    [InlineData("show-configuration")]
    public async Task What_it_printed_is_shown_nowhere_but_for_what_it_said_in_sentences(string verb)
    {
        shared.World.Old.Intercept = async call =>
        {
            if (call.Arguments[0] != verb)
                return null;
            await shared.World.Old.ReallyAsync(call);
            await call.WriteErrorLineAsync("The disk of the log is full.");
            return 1;
        };
        var exe = new OctopusServerExe(new Programs(shared.World.Old.OctopusServer, told.Add, new Redactor()), "OctopusServer", new Redactor());

        var report = (await Should.ThrowAsync<MoveFailure>(async () => _ = verb == "show-master-key"
            ? (object)await exe.ShowMasterKeyAsync(default) : await exe.ShowConfigurationAsync(default))).Report;

        var shown = $"{report} {report.Raw} {string.Join('\n', told)}";
        foreach (var secret in new[] { shared.World.Secrets.MasterKey, shared.World.Secrets.OldSqlPassword, shared.World.Secrets.OldSqlPassword.Split(';')[^1] })
            shown.ShouldNotContain(secret);
        report.Raw.ShouldBe("The disk of the log is full.");
    }
}
