using System.Net.Sockets;
using OctoMoveTui.Attaching;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Attaching;

public sealed class MeetingPlaceTests
{
    // The least that a system of ours allows for a socket's path, with the zero at its end.
    private const int PathAtMost = 104;

    [Fact]
    public void The_socket_s_path_is_short_however_long_the_move_folder_s_is()
    {
        var deep = "/tmp/" + string.Join('/', Enumerable.Repeat("a-folder-with-a-long-name", 40));
        var place = MeetingPlace.Of(deep);
        place.SocketFile.Length.ShouldBeLessThan(PathAtMost);
        place.ShouldBe(MeetingPlace.Of(deep + "/."));
        place.ShouldNotBe(MeetingPlace.Of(deep + "/b"));
        place.SocketFile.ShouldNotContain("a-folder");
    }

    [Fact]
    public void A_link_to_the_move_folder_leads_to_the_same_engine()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["move"]);
        Directory.CreateSymbolicLink(folder["link"], folder["move"]);
        MeetingPlace.Of(folder["link"]).ShouldBe(MeetingPlace.Of(folder["move"]));
    }

    [Fact]
    public async Task Only_the_owner_may_enter_and_a_directory_that_was_open_is_closed()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // The profile's own rights hold there.
        }

        using var folder = new TemporaryFolder();
        var place = new MeetingPlace(folder["meeting"], "engine");
        Directory.CreateDirectory(place.Directory, (UnixFileMode)0b111_111_111);
        await using var host = EngineHost.Open(place, null, _ => { }, TimeProvider.System);
        File.GetUnixFileMode(place.Directory).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(place.SocketFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_link_in_its_place_is_refused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["elsewhere"]);
        Directory.CreateSymbolicLink(folder["meeting"], folder["elsewhere"]);
        Should.Throw<MoveFailure>(() => new MeetingPlace(folder["meeting"], "engine").Prepare()).Report.Cause.ShouldBe(FailureCause.NoEngine);
        Directory.EnumerateFileSystemEntries(folder["elsewhere"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_dead_engine_left_is_replaced_and_a_living_one_is_not()
    {
        using var folder = new TemporaryFolder();
        var place = new MeetingPlace(folder["meeting"], "engine");
        place.Prepare();
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // .NET removes the socket's file when the socket is closed in order; a process that is killed leaves it.
            dead.Bind(new UnixDomainSocketEndPoint(folder["bound"]));
            File.Move(folder["bound"], place.SocketFile);
        }

        File.Exists(place.SocketFile).ShouldBeTrue();
        (await EngineClient.FindAsync(place, looksOn: false, CancellationToken.None)).ShouldBeNull();
        await using (EngineHost.Open(place, null, _ => { }, TimeProvider.System).ShouldNotBeNull())
        {
            EngineHost.Open(place, null, _ => { }, TimeProvider.System).ShouldBeNull();
            using var client = (await EngineClient.FindAsync(place, looksOn: false, CancellationToken.None)).ShouldNotBeNull();
            client.Process.ShouldBe(Environment.ProcessId);
        }

        (await EngineClient.FindAsync(place, looksOn: false, CancellationToken.None)).ShouldBeNull();
        Directory.EnumerateFileSystemEntries(place.Directory).ShouldBeEmpty("nothing is left behind");
    }
}
