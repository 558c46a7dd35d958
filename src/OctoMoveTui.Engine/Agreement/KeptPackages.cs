using System.Text.Json;
using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Agreement;

/// <summary>
/// The packages whose file was there before the new server's first start: one JSON line each, for naming what a re-index dropped. The last line has their number: a list
/// that somebody edited, or that lost lines, would not miss what it should.
/// </summary>
internal sealed class KeptPackages(string file) : IAsyncDisposable
{
    private readonly StreamWriter part = Open(file);
    private long count;

    /// <summary>Writes one down.</summary>
    public void Add(PackageRow row)
    {
        Write(new KeptLine { Id = row.Id, Space = row.Space, Name = row.Name });
        count++;
    }

    /// <summary>The list is complete.</summary>
    public void Close()
    {
        Write(new KeptLine { Packages = count });
        part.Dispose();
        Disk.Rename(file + ".part", file, overwrite: true);
    }

    /// <summary>Reads the list.</summary>
    /// <returns>Its packages, or null when it is not there, or not as it was written.</returns>
    public static IEnumerable<KeptLine>? Read(string file)
    {
        try
        {
            return File.Exists(file) && IsWhole(File.ReadLines(file).Select(Parse)) ? File.ReadLines(file).Select(each => Parse(each)!).Where(each => each.Packages is null) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => part.DisposeAsync();

    private static bool IsWhole(IEnumerable<KeptLine?> lines)
    {
        var (packages, end) = (0L, (long?)null);
        foreach (var line in lines)
        {
            if (line is null || end is not null)
                return false;
            end = line.Packages;
            packages += end is null ? 1 : 0;
        }

        return end == packages;
    }

    private static KeptLine? Parse(string line)
    {
        try
        {
            return StrictJson.Read<KeptLine>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Write(KeptLine line) => part.WriteLine(JsonSerializer.Serialize(line, MoveJson.Line));

    private static StreamWriter Open(string file)
    {
        try
        {
            return new StreamWriter(OwnFile.Anew(file + ".part")) { NewLine = "\n" };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CheckFailures.CannotWrite(file, error);
        }
    }
}

/// <summary>A package whose file is there, or the last line.</summary>
internal sealed record KeptLine
{
    /// <summary>The row's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The space's id; empty in databases without spaces.</summary>
    public string Space { get; init; } = "";

    /// <summary>Package and version.</summary>
    public string Name { get; init; } = "";

    /// <summary>The last line: how many lines came before it.</summary>
    public long? Packages { get; init; }
}
