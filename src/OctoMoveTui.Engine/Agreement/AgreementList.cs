using System.Text;
using System.Text.Json;
using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Agreement;

/// <summary>Writes the whole list of what disagrees, line by line; it gets its name when it is complete.</summary>
internal sealed class AgreementList : IDisposable
{
    private readonly string file;
    private readonly StreamWriter part;

    public AgreementList(string file)
    {
        this.file = file;
        try
        {
            part = new StreamWriter(OwnFile.Anew(file + ".part"), new UTF8Encoding(false)) { NewLine = "\n" };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CheckFailures.CannotWrite(file, error);
        }
    }

    public void Write(AgreementLine line) => part.WriteLine(JsonSerializer.Serialize(line, MoveJson.Line));

    public void Close()
    {
        part.Flush();
        ((FileStream)part.BaseStream).Flush(flushToDisk: true);
        part.Dispose();
        Disk.Rename(file + ".part", file, overwrite: true);
    }

    public void Dispose() => part.Dispose();
}

/// <summary>What was missing before the move: the list that was written on the old server.</summary>
internal sealed class BaseLine
{
    private readonly HashSet<ulong> faults = [];

    /// <summary>When it was taken.</summary>
    public required AgreementHeader Header { get; init; }

    /// <summary>What it counted.</summary>
    public AgreementTotals Totals { get; private set; } = new([], []);

    /// <summary>True when this trouble is older than the move.</summary>
    public bool Has(Disagreement fault) => faults.Contains(fault.Key);

    /// <summary>Reads a list; null when there is none, or it is cut short or damaged.</summary>
    /// <exception cref="MoveFailure">It can't be read, or names more or less than it counted: then somebody edited it, and it would excuse what it should not.</exception>
    public static BaseLine? Of(string file)
    {
        try
        {
            if (!File.Exists(file))
                return null;
            var (found, named) = ((BaseLine?)null, 0L);
            foreach (var text in File.ReadLines(file))
            {
                switch (StrictJson.Read<AgreementLine>(text))
                {
                    case AgreementHeader header:
                        found = new BaseLine { Header = header };
                        break;
                    case FaultLine line:
                        found?.faults.Add(line.Fault.Key);
                        named++;
                        break;
                    case AgreementEnd end when found is not null:
                        found.Totals = end.Totals;
                        return named == end.Totals.Faults ? found : throw AgreementFailures.ListEdited(file, named, end.Totals.Faults);
                }
            }

            return null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CheckFailures.CannotRead(file, error);
        }
    }
}
