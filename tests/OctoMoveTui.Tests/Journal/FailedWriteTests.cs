using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Journal;

/// <summary>The disk is full, or the share went away, in the middle of a line.</summary>
public sealed class FailedWriteTests : IDisposable
{
    private static readonly StepId Key = new("save-master-key");
    private static readonly StepId BackUp = new("back-up-database");

    private readonly TemporaryFolder temporary = new();
    private readonly MoveFolder folder;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero));
    private FailingFile? file;

    public FailedWriteTests()
    {
        folder = new MoveFolder(temporary.Path);
        folder.Create();
    }

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Half_a_line_is_cut_off_and_none_is_written_after_it()
    {
        using (var journal = Open())
        {
            journal.Started(Key);
            file!.IsFull = true;
            ShouldBeRefused(() => journal.Finished(Key, new MasterKeySaved("1234abcd", "x")));
            file.IsFull = false;

            ShouldBeRefused(() => journal.Started(BackUp));
            journal.State.Of(Key).Standing.ShouldBe(JournalStanding.Started);
        }

        File.ReadAllText(folder.JournalFile).ShouldEndWith("}\n");
        MoveJournal.Read(folder).Entries.Select(each => each.Kind).ShouldBe([JournalKind.Opened, JournalKind.Started]);
    }

    [Fact]
    public void Where_it_cannot_be_cut_off_the_next_run_does_it()
    {
        using (var journal = Open())
        {
            journal.Started(Key);
            (file!.IsFull, file.IsGone) = (true, true);
            ShouldBeRefused(() => journal.Finished(Key, new MasterKeySaved("1234abcd", "x")));
            file.IsFull = false;
        }

        MoveJournal.Read(folder).Of(Key).Standing.ShouldBe(JournalStanding.Started);
        using (var journal = Open())
            journal.Finished(Key, new MasterKeySaved("1234abcd", "x"));
        MoveJournal.Read(folder).Of(Key).Standing.ShouldBe(JournalStanding.Finished);
    }

    [Fact]
    public void A_journal_that_cannot_be_closed_does_not_hide_how_the_run_ended()
    {
        var journal = Open();
        (file!.IsFull, file.IsGone) = (true, true);

        Should.NotThrow(journal.Dispose);
    }

    private static void ShouldBeRefused(Action append) =>
        Should.Throw<MoveFailure>(append).Report.Cause.ShouldBe(FailureCause.MoveFolder);

    private MoveJournal Open() => MoveJournal.Open(
        folder, SamplePlan.Make(), "0.1.0", new Redactor(), time, path => file = new FailingFile(path));

    /// <summary>Writes half of what it should when the disk is full; can't even be cut or closed when its share is gone.</summary>
    private sealed class FailingFile(string path) : FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 0)
    {
        public bool IsFull { get; set; }

        public bool IsGone { get; set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            base.Write(buffer, offset, IsFull ? count / 2 : count);
            if (IsFull)
                throw new IOException("There is not enough space on the disk.");
        }

        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        public override void SetLength(long value)
        {
            if (IsGone)
                throw new IOException("The network name is no longer available.");
            base.SetLength(value);
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (IsGone && disposing)
                throw new IOException("The network name is no longer available.");
        }
    }
}
