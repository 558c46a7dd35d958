using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.CopyTools;

/// <summary>The settings of another copying program: what they become, and what is refused before anything is changed.</summary>
public sealed class CopyPlanningTests
{
    [Theory]
    [InlineData("octomove")]
    [InlineData("Octomove")]
    [InlineData("")]
    public void Without_another_program_the_plan_has_nothing_of_it_and_keeps_its_fingerprint(string with)
    {
        CopyPlanning.Plan(new CopySettings { With = with }).ShouldBeNull();

        SamplePlan.Make().ToJson().ShouldNotContain("\"copy\"");
    }

    [Theory]
    [InlineData("rsync", "octopus@newserver:")]
    [InlineData("rsync", "newserver.example.com:")]
    [InlineData("rsync", @"CORP+admin@[fe80::1%eth0]:")]
    [InlineData("rsync", "")]
    [InlineData("robocopy", @"\\newserver")]
    [InlineData("robocopy", @"\\newserver\")]
    [InlineData("robocopy", @"D:\Octopus=\\newserver\octopus; E:\Packages=\\newserver\packages$")]
    [InlineData("rclone", "cloud:bucket/move")]
    [InlineData("rclone", "cloud:")]
    [InlineData("Rclone", "my remote:backup@home/x")]
    public void What_can_work_is_taken_into_the_plan_and_comes_back_from_it(string with, string to)
    {
        var copy = CopyPlanning.Plan(new CopySettings { With = with, To = to }).ShouldNotBeNull();

        var plan = SamplePlan.Make() with { Copy = copy };
        MovePlan.FromJson(plan.ToJson()).Copy.ShouldBe(copy);
        CopyPlanning.RefuseUnmapped(plan);
    }

    [Theory]
    [InlineData("xcopy", "")]
    [InlineData("octomove", "octopus@newserver:")]
    [InlineData("rsync", "newserver")]
    [InlineData("rsync", "octopus@newserver:/octopus")]
    [InlineData("rsync", "octopus@newserver::module")]
    [InlineData("rsync", "rsync://newserver/module")]
    [InlineData("rsync", "-e reboot@newserver:")]
    [InlineData("rsync", "-oProxyCommand=reboot:")]
    [InlineData("rsync", @"\\newserver\octopus")]
    [InlineData("robocopy", "newserver")]
    [InlineData("robocopy", @"D:\Octopus")]
    [InlineData("robocopy", @"\\newserver\octo*")]
    [InlineData("rclone", "bucket/path")]
    [InlineData("rclone", "/mnt/cloud")]
    [InlineData("rclone", "-v:path")]
    [InlineData("rclone", ":s3:bucket")]
    [InlineData("rclone", "https://example.com/x")]
    public void What_can_not_work_is_refused_with_what_to_write(string with, string to)
    {
        var failure = Should.Throw<MoveFailure>(() => CopyPlanning.Plan(new CopySettings { With = with, To = to })).Report;

        failure.Cause.ShouldBe(FailureCause.Usage);
        failure.ToDo.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("rsync", "octopus:hunter22@newserver:")]
    [InlineData("rsync", "rsync://octopus:hunter22@newserver/module")]
    [InlineData("robocopy", @"admin:hunter22@\\newserver:")]
    [InlineData("rclone", "cloud,secret_access_key=hunter22:bucket")]
    [InlineData("rclone", ":s3,secret_access_key=hunter22:bucket")]
    [InlineData("rclone", ":webdav,url='https://x.example.com/',pass=hunter22:bucket")]
    [InlineData("rclone", "https://octopus:hunter22@example.com/x")]
    public void A_secret_in_the_destination_is_refused_and_not_repeated(string with, string to)
    {
        var failure = Should.Throw<MoveFailure>(() => CopyPlanning.Plan(new CopySettings { With = with, To = to })).Report;

        $"{failure}{string.Join(' ', failure.ToDo)}".ShouldNotContain("hunter22");
    }

    [Theory]
    [InlineData("sshpass -p hunter22 ssh")]
    [InlineData("plink -batch -pw hunter22")]
    public void A_secret_in_the_remote_shell_is_refused_and_not_repeated(string shell)
    {
        var failure = Should.Throw<MoveFailure>(() => CopyPlanning.Plan(new CopySettings { With = "rsync", To = "new:", RemoteShell = shell })).Report;

        failure.ToString().ShouldNotContain("hunter22");
    }

    [Theory]
    [InlineData(@"D:\Octopus\Packages", @"\\newserver", @"\\newserver\D$\Octopus\Packages")]
    [InlineData(@"D:\Octopus\Packages\", @"\\newserver\", @"\\newserver\D$\Octopus\Packages")]
    [InlineData(@"D:\Octopus\Packages", @"D:\Octopus=\\newserver\octopus", @"\\newserver\octopus\Packages")]
    [InlineData(@"d:\octopus\Packages", @"D:\Octopus\=\\newserver\octopus\", @"\\newserver\octopus\Packages")]
    [InlineData(@"E:\Packages", @"D:\Octopus=\\newserver\octopus;E:\Packages=\\newserver\packages", @"\\newserver\packages")]
    [InlineData(@"\\nas\new\Packages", @"\\newserver", @"\\nas\new\Packages")]
    [InlineData(@"D:\OctopusOld\Packages", @"D:\Octopus=\\newserver\octopus", null)]
    [InlineData("/octopus/Packages", @"\\newserver", null)]
    public void Robocopy_reaches_the_place_by_a_share(string place, string to, string? expected) => Robocopy.FarPlaceOf(place, to).ShouldBe(expected);

    [Fact]
    public void A_place_that_no_share_leads_to_is_refused()
    {
        var plan = SamplePlan.Make() with { Copy = CopyPlanning.Plan(new CopySettings { With = "robocopy", To = @"E:\Octopus=\\newserver\octopus" }) };

        var failure = Should.Throw<MoveFailure>(() => CopyPlanning.RefuseUnmapped(plan)).Report;

        failure.What.ShouldContain(@"D:\Octopus\Packages");
    }

    [Theory]
    [InlineData("/octopus/Packages", "/cygdrive", "/octopus/Packages")]
    [InlineData(@"D:\Octopus\Packages\", "/cygdrive", "/cygdrive/d/Octopus/Packages")]
    [InlineData(@"D:\Octopus\Packages", "/", "/d/Octopus/Packages")]
    [InlineData("D:/Octopus/Packages", "/cygdrive", "/cygdrive/d/Octopus/Packages")]
    [InlineData(@"\\nas\octopus\Packages", "/cygdrive", "//nas/octopus/Packages")]
    public void Rsync_names_paths_of_Windows_without_a_colon_which_would_be_a_host(string path, string drives, string expected)
    {
        var rsync = new Rsync(new CopyPlan(CopyProgram.Rsync, "rsync", "octopus@newserver:") { Drives = drives });

        rsync.Local(path).ShouldBe(expected);
        rsync.DestinationOf(new DirectoryPlan("Packages", "x", path), "").ShouldBe("octopus@newserver:" + expected);
    }

    [Fact]
    public void Passwords_are_never_waited_for()
    {
        var order = new CopyOrder("Packages", "/a", "octopus@newserver:/b");

        new Rsync(new CopyPlan(CopyProgram.Rsync, "rsync", "octopus@newserver:") { RemoteShell = "ssh -p 2222" }).Copy(order)
            .ShouldContain("ssh -p 2222 -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=30");
        new Rsync(new CopyPlan(CopyProgram.Rsync, "rsync", "octopus@newserver:") { RemoteShell = "plink -batch" }).Copy(order).ShouldContain("plink -batch");
    }

    [Fact]
    public void No_program_is_ever_told_to_remove_or_to_mirror()
    {
        var order = new CopyOrder("Packages", "/a", "/b");
        foreach (CopyTool tool in new CopyTool[] { new Rsync(Of(CopyProgram.Rsync)), new Robocopy(Of(CopyProgram.Robocopy)), new Rclone(Of(CopyProgram.Rclone)) })
        {
            using var folder = new TemporaryFolder();
            string[] words = [.. tool.Copy(order), .. tool.CopyAgain(order, ["a"], folder["list"]), .. tool.List("/b")];
            foreach (var forbidden in new[] { "--delete", "--remove-source-files", "--force", "/MIR", "/PURGE", "/MOV" })
                words.ShouldNotContain(each => each.StartsWith(forbidden, StringComparison.OrdinalIgnoreCase));
            if (tool is Rclone)
                words[0].ShouldBe("copy");
        }

        static CopyPlan Of(CopyProgram program) => new(program, "x", "");
    }
}
