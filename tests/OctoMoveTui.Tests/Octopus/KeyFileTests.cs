using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Octopus;

/// <summary>Pain point 4, the lost key: it is saved where it can be opened again, and what can't be opened says why.</summary>
public sealed class KeyFileTests : IDisposable
{
    private static readonly MasterKey Key = MasterKey.Parse("5qJcW9E6B99teMmrOzaYNA==");
    private static readonly Secret Passphrase = new("four words in a row");
    private static readonly KeyOrigin Origin = new("OLD-SERVER", "OctopusServer", "move-1", DateTimeOffset.UnixEpoch);

    private readonly string folder = Directory.CreateTempSubdirectory("key-file-").FullName;

    private string File => Path.Combine(folder, "master-key.octomove");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("5qJcW9E6B99teMmrOzaYNA==")]
    [InlineData("5qJcW9E6B99teMmrOzaYNOaiXFvROgffbXjJqzs2mDQ=")]
    public void A_saved_key_is_opened_by_its_passphrase_and_leaves_no_trace_of_itself(string text)
    {
        var key = MasterKey.Parse(text);
        KeyFile.Save(File, key, Passphrase, Origin);

        KeyFile.Open(File, Passphrase, key.Fingerprint).ShouldBe(key);
        var written = System.IO.File.ReadAllText(File);
        written.ShouldNotContain(text);
        written.ShouldNotContain(Passphrase.Reveal());
        written.ShouldContain("\"iterations\":600000");
        Directory.EnumerateFiles(folder).ShouldHaveSingleItem();
    }

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        KeyFile.Save(File, Key, Passphrase, Origin);
        if (!OperatingSystem.IsWindows())
            System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_wrong_passphrase_a_changed_header_a_changed_key_and_a_foreign_file_are_told_apart()
    {
        KeyFile.Save(File, Key, Passphrase, Origin);
        var text = System.IO.File.ReadAllText(File);

        Refused(() => KeyFile.Open(File, new Secret("four words in a raw"), null)).ShouldContain("does not open");
        Refused(() => KeyFile.Open(File, Passphrase, "00000000")).ShouldContain("of OctopusServer on OLD-SERVER; this move needs the key 00000000");

        Write(text.Replace("OLD-SERVER", "OUR-SERVER", StringComparison.Ordinal));
        Refused(() => KeyFile.Open(File, Passphrase, null)).ShouldContain("does not open");
        Write(text.Replace("600000", "1000", StringComparison.Ordinal));
        Refused(() => KeyFile.Open(File, Passphrase, null)).ShouldContain("damaged");
        Write(text[..^10]);
        Refused(() => KeyFile.Open(File, Passphrase, null)).ShouldContain("damaged");
        Write(text.Split('\n')[0]);
        Refused(() => KeyFile.Open(File, Passphrase, null)).ShouldContain("damaged");
        Write(text.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal));
        Refused(() => KeyFile.Open(File, Passphrase, null)).ShouldContain("version 2");
        Write("5qJcW9E6B99teMmrOzaYNA==");
        Refused(() => KeyFile.Open(File, Passphrase, null)).ShouldContain("no key file");
        Refused(() => KeyFile.Open(File + ".missing", Passphrase, null)).ShouldContain("can't be read");

        Write(text.Replace("\n", "\r\n", StringComparison.Ordinal));
        KeyFile.Open(File, Passphrase, Key.Fingerprint).ShouldBe(Key, "a mail program may have changed how lines end");
    }

    [Fact]
    public void An_existing_file_is_never_replaced_and_counts_only_when_it_opens_to_this_key()
    {
        KeyFile.Save(File, Key, Passphrase, Origin);
        var before = System.IO.File.ReadAllText(File);

        KeyFile.Save(File, Key, Passphrase, Origin);
        Refused(() => KeyFile.Save(File, MasterKey.Parse("AAAAAAAAAAAAAAAAAAAAAA=="), Passphrase, Origin)).ShouldContain("exists already");
        Refused(() => KeyFile.Save(File, Key, new Secret("another passphrase"), Origin)).ShouldContain("exists already");
        System.IO.File.ReadAllText(File).ShouldBe(before);
    }

    [Fact]
    public void What_could_not_be_saved_well_is_not_saved_at_all()
    {
        Refused(() => KeyFile.Save(File, Key, new Secret("short"), Origin)).ShouldContain("at least 12 characters");
        Refused(() => KeyFile.Save("master-key", Key, Passphrase, Origin)).ShouldContain("no full path");
        Refused(() => KeyFile.Save(Path.Combine(folder, "missing", "key"), Key, Passphrase, Origin)).ShouldContain("can't be written");
        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
    }

    private void Write(string text) => System.IO.File.WriteAllText(File, text);

    private static string Refused(Action action)
    {
        var report = Should.Throw<MoveFailure>(action).Report;
        report.Cause.ShouldBe(FailureCause.MasterKey);
        report.ToDo.ShouldNotBeEmpty();
        return report.What;
    }
}
