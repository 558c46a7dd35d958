using System.Text;
using System.Text.Json;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Journal;

/// <summary>
/// Writes down what a run told its front end, a line of JSON each, beside the run's log: what the report shows of commands, checks and speed. Only for
/// people: no step ever relies on it, so trouble with it stops nothing, and a line that was cut short is left out when it is read.
/// </summary>
public sealed class RunRecord : IDisposable
{
    private const string Ending = ".events.jsonl";

    // A line for each tenth of a second of a long copy would be most of the file, and no plot needs it.
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<(StepId Step, string What), DateTimeOffset> lastProgress = [];
    private StreamWriter? file;

    private RunRecord(StreamWriter? file) => this.file = file;

    /// <summary>Opens the record of a run.</summary>
    /// <param name="logFile">The run's log.</param>
    public static RunRecord Open(string logFile)
    {
        try
        {
            return new RunRecord(new StreamWriter(
                OwnFile.Open(Path.ChangeExtension(logFile, null) + Ending, FileMode.Append, FileAccess.Write, FileShare.Read), new UTF8Encoding(false)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new RunRecord(null);
        }
    }

    /// <summary>All that the runs of a move told, run by run, as far as it can be read.</summary>
    public static IReadOnlyList<MoveEvent> ReadAll(MoveFolder folder)
    {
        var events = new List<MoveEvent>();
        try
        {
            foreach (var each in Directory.EnumerateFiles(folder.Logs, "*" + Ending).Order(StringComparer.Ordinal))
                events.AddRange(Read(each));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }

        return events;
    }

    /// <summary>Writes an event down, if it is one that is kept.</summary>
    public void Add(MoveEvent happening)
    {
        lock (gate)
        {
            if (file is null || !IsKept(happening))
                return;
            try
            {
                file.WriteLine(JsonSerializer.Serialize(happening, MoveJson.Line));
                if (happening is not (Logged or Progressed))
                    file.Flush();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                file = null;
            }
        }
    }

    /// <summary>What was added so far can be read.</summary>
    public void Flush()
    {
        lock (gate)
        {
            try
            {
                file?.Flush();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                file = null;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            try
            {
                file?.Dispose();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
            }

            file = null;
        }
    }

    private static IEnumerable<MoveEvent> Read(string path)
    {
        using var lines = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (lines.ReadLine() is { } line)
        {
            if (Parse(line) is { } happening)
                yield return happening;
        }
    }

    private static MoveEvent? Parse(string line)
    {
        try
        {
            return StrictJson.Read<MoveEvent>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The tasks that were waited for are told again and again; a preview again as soon as one word of it changed.
    private bool IsKept(MoveEvent happening)
    {
        if (happening is TasksSeen)
            return false;
        if (happening is not Progressed progress)
            return true;
        var key = (progress.Step, progress.What);
        var isEnd = progress.Total is { } total && progress.Done >= total;
        if (!isEnd && lastProgress.TryGetValue(key, out var last) && progress.At - last < BetweenProgress)
            return false;
        lastProgress[key] = progress.At;
        return true;
    }
}
