using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Steps;
using OctoMoveTui.Engine.Words;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Octopus;

/// <summary>What "the same version" means, which file has it, and how that is installed.</summary>
public sealed class SameVersionTests
{
    [Theory]
    [Proves("P5")]
    [InlineData("2026.2.4120", "2026.2.4120", true)]
    [InlineData("2026.2.4120", "2026.2.4120.0", true)]
    [InlineData("2026.2.4120", "2026.2.4120+Branch.release-2026.2.Sha.0123abc", true)]
    [InlineData("2026.2.4120-hotfix.1", "2026.2.4120-HOTFIX.1+Sha.1", true)]
    [InlineData("2026.2.4120", "2026.2.4121", false)]
    [InlineData("2026.2.4120", "2026.2.4120.1", false)]
    [InlineData("2026.2.4120", "2026.2.4120-hotfix.1", false)]
    [InlineData("2026.2.4120-hotfix.1", "2026.2.4120-hotfix.2", false)]
    [InlineData("2026.2.4120", "12026.2.4120", false)]
    [InlineData("2026.2.4120", "", false)]
    [InlineData("", "", false)]
    [InlineData("2026.2.4120", "Octopus 2026.2.4120", false)]
    [InlineData("2026.2", "99999999999.1", false)]
    public void Versions_are_the_same_when_every_part_is(string one, string other, bool same)
    {
        OctopusVersion.AreSame(one, other).ShouldBe(same);
        OctopusVersion.AreSame(other, one).ShouldBe(same);
    }

    [Theory]
    [InlineData("Octopus.2026.2.4120-x64.msi", "2026.2.4120")]
    [InlineData("octopus.2026.2.4120-X64.MSI", "2026.2.4120")]
    [InlineData("Octopus.2026.2.4120-x64 (1).msi", "2026.2.4120")]
    [InlineData("Octopus.3.17.14.msi", "3.17.14")]
    [InlineData("Octopus.2026.3.1-hotfix.2-x64.msi", "2026.3.1-hotfix.2")]
    [InlineData("Octopus.99999999999.1-x64.msi", null)]
    [InlineData("Octopus Server.msi", null)]
    public void The_version_of_an_installer_is_the_one_in_its_name(string name, string? version)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[name], "");
        File.WriteAllText(folder["Octopus.Tentacle.9.1.1-x64.msi"], "");
        File.WriteAllText(folder["Octopus.2026.2.4120-x64.msi.part"], "");

        InstallerPackage.FindIn([folder[""], folder["not there"]]).ShouldHaveSingleItem().Version?.Text.ShouldBe(version);
    }

    [Fact]
    public void Only_a_file_that_begins_as_an_MSI_does_is_one()
    {
        using var folder = new TemporaryFolder();
        var real = OctoMoveTui.Sandbox.Machines.InstallerPackage.Write(folder[""], "2026.2.4120");
        new InstallerPackage(real, null).IsInstaller().ShouldBeTrue();
        File.WriteAllText(folder["page.msi"], "<html>Please log in</html>");
        new InstallerPackage(folder["page.msi"], null).IsInstaller().ShouldBeFalse();
        File.WriteAllText(folder["empty.msi"], "");
        new InstallerPackage(folder["empty.msi"], null).IsInstaller().ShouldBeFalse();
    }

    [Fact]
    [Proves("P24")]
    public void The_installer_is_told_to_start_nothing_and_of_a_setting_only_the_value_stands_in_quotes() =>
        WindowsInstaller.Show("msiexec.exe", WindowsInstaller.Install(@"\\share\my move\Octopus.2026.2.4120-x64.msi", @"D:\move\logs\install.log", @"D:\Octopus Server\")).ShouldBe(
            @"msiexec.exe /i ""\\share\my move\Octopus.2026.2.4120-x64.msi"" /quiet /norestart /l*v D:\move\logs\install.log RUNMANAGERONEXIT=no INSTALLLOCATION=""D:\Octopus Server""");

    [Theory]
    [InlineData(@"C:\Program Files\Octopus Deploy\Octopus\Octopus.Server.exe", null)]
    [InlineData(@"D:\Apps\Octopus\Octopus.Server.exe", @"D:\Apps\Octopus")]
    [InlineData("Octopus.Server", null)]
    public void Another_place_than_the_installer_s_own_is_told_it(string exe, string? location) =>
        SameVersion.Location(SamplePlan.Make().New with { OctopusServer = exe }).ShouldBe(location);

    [Fact]
    public void The_log_tells_the_whole_exit_code_and_the_reason()
    {
        var log = InstallerLog.Parse("""
            === Verbose logging started: 3/1/2026  2:00:00  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\Windows\System32\msiexec.exe ===
            MSI (s) (A8:B4) [02:00:00:900]: Executing op: FileCopy(SourceName=Octopus.Server.exe)
            MSI (s) (A8:B4) [02:00:01:000]: Product: Octopus Deploy Server -- Error 1304. Error writing to file: Octopus.Server.exe.  Verify that you have access to that directory.
            Action ended 02:00:01: InstallFinalize. Return value 3.
            MSI (s) (A8:B4) [02:00:02:000]: MainEngineThread is returning 1603
            MSI (c) (10:14) [02:00:02:010]: MainEngineThread is returning 1603
            === Verbose logging stopped: 3/1/2026  2:00:02 ===
            """);
        log.ExitCode.ShouldBe(1603);
        log.IsComplete.ShouldBeTrue();
        log.Reasons.ShouldContain(each => each.Contains("Error 1304.", StringComparison.Ordinal));
        log.Reasons.ShouldContain(each => each.Contains("InstallFinalize", StringComparison.Ordinal));
    }

    [Fact]
    public void A_log_without_the_end_of_its_client_is_of_an_installation_that_was_cut_short_or_still_runs()
    {
        var log = InstallerLog.Parse("MSI (s) (A8:B4) [02:00:02:000]: MainEngineThread is returning 0\r\n");
        log.IsComplete.ShouldBeFalse();
        log.ExitCode.ShouldBe(0);
        InstallerLog.Parse("=== Verbose logging started").ShouldSatisfyAllConditions(each => each.ExitCode.ShouldBeNull(), each => each.IsComplete.ShouldBeFalse());
        InstallerLog.Read(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())).IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void A_failed_action_is_found_in_a_translated_log_too() =>
        InstallerLog.Parse("""
            MSI (s) (A8:B4) [02:00:01:000]: Produkt: Octopus Deploy Server -- Fehler 1925. Sie haben keine ausreichenden Berechtigungen.
            Aktion beendet um 02:00:01: LaunchConditions. Rückgabewert 3.
            MSI (c) (10:14) [02:00:02:010]: MainEngineThread is returning 1603
            """).Reasons.Count.ShouldBe(2);

    [Fact]
    public void Every_exit_code_with_words_says_why_and_what_to_do_and_where_the_log_is()
    {
        foreach (var code in InstallerExitCodes.Known.Where(each => each is not (InstallerExitCodes.Success or InstallerExitCodes.RestartWanted or InstallerExitCodes.RestartBegun)))
        {
            var report = InstallFailures.Failed(code, @"D:\move\Octopus.2026.2.4120-x64.msi", @"D:\move\logs\install.log", [], "").Report;
            report.What.ShouldContain($"{code}");
            report.Why.ShouldNotBeEmpty();
            report.ToDo.Count.ShouldBeGreaterThanOrEqualTo(2);
            report.ToDo[^1].ShouldContain(@"D:\move\logs\install.log");
            report.Cause.ShouldBe(FailureCause.InstallFailed);
        }
    }

    [Fact]
    public void An_exit_code_that_nobody_knows_is_told_with_what_was_said() =>
        InstallFailures.Failed(1699, "a.msi", "a.log", ["Error 2755. Internal"], "").Report.ShouldSatisfyAllConditions(
            each => each.What.ShouldContain("1699"), each => each.Raw!.ShouldContain("2755"));
}
