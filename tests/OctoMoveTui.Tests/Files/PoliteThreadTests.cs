using System.Runtime.Versioning;
using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Tests.Files;

[SupportedOSPlatform("linux")]
public sealed class PoliteThreadTests
{
    [Fact]
    public void On_Linux_a_polite_thread_has_idle_io_and_a_nice_value_and_others_have_not()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("The calls are Linux's own.");
        }

        var (before, within, after) = (0L, 0L, 0L);
        var (niceBefore, niceWithin) = (0, 0);
        OnThread(() =>
        {
            (before, niceBefore) = (PoliteThread.LinuxThread.IoPriority, PoliteThread.LinuxThread.Nice);
            using (PoliteThread.Enter(polite: true))
            {
                (within, niceWithin) = (PoliteThread.LinuxThread.IoPriority, PoliteThread.LinuxThread.Nice);
                OnThread(() => PoliteThread.LinuxThread.IoPriority.ShouldBeGreaterThanOrEqualTo(0));
            }

            after = PoliteThread.LinuxThread.IoPriority;
        });

        if (before < 0)
        {
            Assert.Skip("This kernel has no I/O priorities.");
        }

        within.ShouldBe(PoliteThread.LinuxThread.IdleClass);
        niceWithin.ShouldBeGreaterThanOrEqualTo(Math.Max(niceBefore, 10));
        after.ShouldNotBe(PoliteThread.LinuxThread.IdleClass);
    }

    [Fact]
    public void Nothing_changes_for_a_thread_that_is_not_asked_to()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("The calls are Linux's own.");
        }

        var before = PoliteThread.LinuxThread.IoPriority;
        using (PoliteThread.Enter(polite: false))
        {
            PoliteThread.LinuxThread.IoPriority.ShouldBe(before);
        }
    }

    [Fact]
    public async Task A_polite_copy_is_a_whole_copy()
    {
        using var folder = new AFolder().WithLogs(20);
        await new DirectoryCopier(TimeProvider.System).CopyAsync(folder.Job with { Polite = true }, _ => { }, CancellationToken.None);
        folder.ShouldBeTheSame();
    }

    private static void OnThread(Action work)
    {
        Exception? failed = null;
        var thread = new Thread(() => failed = Record.Exception(work));
        thread.Start();
        thread.Join();
        failed.ShouldBeNull();
    }
}
