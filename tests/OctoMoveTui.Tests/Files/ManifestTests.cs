using System.Text;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Files;

public sealed class ManifestTests : IDisposable
{
    private const string Header = "octomove-manifest\t1\tTaskLogs\t/new\n";
    private const string Hash = "0123456789abcdef0123456789abcdef";
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    private List<ManifestLine> Read(string text)
    {
        File.WriteAllText(_file, text, new UTF8Encoding(false));
        return [.. Manifest.Read(_file)];
    }

    [Fact]
    public void Every_kind_of_line_comes_back_as_it_was_written()
    {
        ManifestLine[] lines =
        [
            new ManifestHeader("TaskLogs", "/new/Task Logs"),
            new FileLine("Spaces-1/a\tb\\c\nd.txt", long.MaxValue, new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc).Ticks + 1, new FileHash(UInt128.MaxValue)),
            new FileLine("zero", 0, DateTime.MinValue.Ticks, new FileHash(UInt128.Zero)),
            new DirectoryLine("Spaces-1/\u001b[2J", 17),
            new LinkLine("link", "Spaces-1/a\tb"),
            new GoneLine("zero"),
            new DoneLine(1, 2, Hash),
        ];

        Read(string.Concat(lines.Select(line => line.Write() + "\n"))).ShouldBe(lines);
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("a/../../evil.txt")]
    [InlineData("a/..")]
    [InlineData("./a")]
    [InlineData("/etc/passwd")]
    [InlineData("//server/share/x")]
    [InlineData(@"\\\\server\\share\\x")]
    [InlineData(@"..\\evil.txt")]
    [InlineData(@"a\\..\\..\\evil.txt")]
    [InlineData("C:/Windows/x")]
    [InlineData(@"C:\\Windows\\x")]
    [InlineData("C:")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("")]
    [InlineData(@"a\u0000b")]
    [InlineData(@"a\ud800b")]
    public void A_path_that_leads_out_or_nowhere_is_refused(string path)
    {
        foreach (var line in (string[])[$"file\t{Hash}\t2026-05-01T10:20:30.1234567Z\t5\t{path}", $"dir\t2026-05-01T10:20:30.1234567Z\t{path}", $"link\ta\t{path}", $"gone\t{path}"])
        {
            var failure = Should.Throw<MoveFailure>(() => Read(Header + line + "\n"));
            failure.Report.Cause.ShouldBe(FailureCause.Files);
            failure.Report.What.ShouldContain("line 2");
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("file\tshort\t2026-05-01T10:20:30.1234567Z\t5\ta")]
    [InlineData("file\t0123456789abcdef0123456789abcdef\tyesterday\t5\ta")]
    [InlineData("file\t0123456789abcdef0123456789abcdef\t2026-05-01T10:20:30.1234567\t5\ta")]
    [InlineData("file\t0123456789abcdef0123456789abcdef\t2026-05-01T10:20:30.1234567Z\t-5\ta")]
    [InlineData("file\t0123456789abcdef0123456789abcdef\t2026-05-01T10:20:30.1234567Z\t99999999999999999999\ta")]
    [InlineData("octomove-manifest\t1\tTaskLogs\t/new")]
    [InlineData("gone\ta\\qb")]
    [InlineData("")]
    public void A_damaged_line_in_the_middle_is_refused_by_its_number(string line) =>
        Should.Throw<MoveFailure>(() => Read(Header + line + "\ngone\ta\n")).Report.What.ShouldContain("line 2");

    [Fact]
    public void A_damaged_last_line_is_left_out_only_when_it_has_no_end()
    {
        Read(Header + "gone\ta\nfile\t0123").ShouldBe([new ManifestHeader("TaskLogs", "/new"), new GoneLine("a")]);
        Should.Throw<MoveFailure>(() => Read(Header + "gone\ta\nfile\t0123\n"));
    }

    [Fact]
    public void A_later_format_and_a_file_that_is_no_manifest_are_refused()
    {
        Should.Throw<MoveFailure>(() => Read("octomove-manifest\t2\tTaskLogs\t/new\n")).Report.What.ShouldContain("version 2");
        Should.Throw<MoveFailure>(() => Read("some notes\n"));
        Should.Throw<MoveFailure>(() => Read("gone\ta\n"));
    }

    [Fact]
    public void What_a_refusal_shows_holds_no_control_characters()
    {
        var report = Should.Throw<MoveFailure>(() => Read(Header + "\u001b]0;owned\u0007\n")).Report;
        (report.What + report.Raw).Any(char.IsControl).ShouldBeFalse();
    }

    [Fact]
    public void Only_the_names_this_program_gives_are_taken_for_unfinished_files()
    {
        PartFile.IsOurs(Path.GetFileName(PartFile.NameBeside("/x/y"))).ShouldBeTrue();
        PartFile.IsOurs(".octomove-0123456789abcdeg.part").ShouldBeFalse();
        PartFile.IsOurs(".octomove-0123456789abcde.part").ShouldBeFalse();
        PartFile.IsOurs(".octomove-0123456789ABCDEF.part").ShouldBeFalse();
        PartFile.IsOurs("x.octomove-0123456789abcdef.part").ShouldBeFalse();
    }
}
