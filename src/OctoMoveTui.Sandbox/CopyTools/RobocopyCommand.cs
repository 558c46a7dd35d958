using System.Globalization;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.CopyTools;

/// <summary><c>robocopy</c> as far as a move needs it: a tree to a share or a directory, and lists. It takes no option that it doesn't know.</summary>
internal sealed class RobocopyCommand(OctopusMachine machine)
{
    private static readonly string[] Flags =
        ["/E", "/SL", "/XX", "/NP", "/NDL", "/BYTES", "/NJH", "/NJS", "/NC", "/NS", "/FP", "/IS", "/IT", "/L", "/?"];

    private static readonly string[] WithValue = ["/COPY", "/DCOPY", "/MT", "/R", "/W", "/LEV"];

    public async Task<int> AnswerAsync(StandInCall call)
    {
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var words = new List<string>();
        foreach (var word in call.Arguments)
        {
            var parts = word.Split(':', 2);
            // On this disk a path begins like an option; source and destination come first.
            if (words.Count < 2 && word is not "/?" || !word.StartsWith('/'))
                words.Add(word);
            else if (Flags.Contains(word, StringComparer.OrdinalIgnoreCase))
                options[word] = "";
            else if (parts.Length == 2 && WithValue.Contains(parts[0], StringComparer.OrdinalIgnoreCase))
                options[parts[0]] = parts[1];
            else
                return await FailAsync(call, 16, $"ERROR : Invalid Parameter #{words.Count + options.Count + 1} : \"{word}\"");
        }

        if (options.ContainsKey("/?"))
        {
            await call.WriteLineAsync(
                "\n-------------------------------------------------------------------------------\n   ROBOCOPY     ::     Robust File Copy for Windows\n"
                + "-------------------------------------------------------------------------------\n\n              Usage :: ROBOCOPY source destination [file [file]...] [options]");
            return 16;
        }

        if (words.Count < 2)
            return await FailAsync(call, 16, "ERROR : No Destination Directory Specified.");
        try
        {
            return options.ContainsKey("/L") ? await ListAsync(call, words[0], options) : await CopyAsync(call, words, options);
        }
        catch (CopyBroken broken)
        {
            return await FailAsync(call, broken.ExitCode, broken.Message);
        }
    }

    private async Task<int> ListAsync(StandInCall call, string shown, Dictionary<string, string> options)
    {
        var folder = Reach(shown, "Accessing Source Directory");
        if (!Directory.Exists(folder))
            throw new CopyBroken(16, Error(2, $"Accessing Source Directory {shown}\\", "The system cannot find the file specified."));
        var separator = shown.StartsWith('\\') ? '\\' : '/';
        await call.WriteLineAsync($"\t                           {shown}{separator}");
        var isAny = false;
        foreach (var entry in TreeCopy.Walk(folder, options.TryGetValue("/LEV", out var levels) ? int.Parse(levels, CultureInfo.InvariantCulture) - 1 : int.MaxValue))
        {
            isAny = true;
            await call.WriteLineAsync($"\t\t\t\t{shown}{separator}{entry.Path.Replace('/', separator)}{(entry.IsDirectory ? separator : "")}");
        }

        return isAny ? 1 : 0;
    }

    private async Task<int> CopyAsync(StandInCall call, List<string> words, Dictionary<string, string> options)
    {
        var (from, to) = (Reach(words[0], "Accessing Source Directory"), Reach(words[1], "Accessing Destination Directory"));
        if (!Directory.Exists(from))
            throw new CopyBroken(16, Error(2, $"Accessing Source Directory {words[0]}\\", "The system cannot find the file specified."));
        if (!options.ContainsKey("/E"))
            throw new CopyBroken(16, "ERROR : the sandbox copies trees only (/E).");

        var names = words.Skip(2).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var copy = new TreeCopy(from, to, machine.TakeCopyFault(), call.Cancelled)
        {
            EvenWhatAgrees = options.ContainsKey("/IS"),
            KeepsTimes = options.GetValueOrDefault("/COPY", "DAT").Contains('T', StringComparison.OrdinalIgnoreCase),
            HalfOf = path => path,
        };
        Directory.CreateDirectory(to);
        var entries = copy.Entries();
        var (copied, skipped, bytes) = (0, 0, 0L);
        foreach (var entry in entries)
        {
            if (!entry.IsDirectory && names.Count > 0 && !names.Contains(Path.GetFileName(entry.Path)))
                continue;
            if (copy.Agrees(entry))
            {
                skipped += entry.IsDirectory ? 0 : 1;
                continue;
            }

            if (!entry.IsDirectory)
            {
                await call.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\t{"New File",12}  \t\t{entry.Size,8}\t{entry.Info.FullName}"));
                copied++;
                bytes += entry.Size;
            }

            await copy.CopyAsync(entry);
        }

        copy.FinishDirectories(entries);
        var extra = TreeCopy.Walk(to).Any(each => entries.All(entry => entry.Path != each.Path));
        if (!options.ContainsKey("/NJS"))
        {
            await call.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""

                ------------------------------------------------------------------------------

                               Total    Copied   Skipped  Mismatch    FAILED    Extras
                   Files :  {copied + skipped,8}  {copied,8}  {skipped,8}         0         0         {(extra ? 1 : 0)}
                   Bytes :  {bytes,8}  {bytes,8}         0         0         0         0
                """));
        }

        return (copied > 0 ? 1 : 0) + (extra ? 2 : 0);
    }

    private string Reach(string place, string doing)
    {
        if (!place.StartsWith(@"\\", StringComparison.Ordinal))
            return place;
        var parts = place[2..].Split('\\', 3);
        if (machine.Neighbour(parts[0]) is not { } host)
            throw new CopyBroken(16, Error(53, $"{doing} {place}\\", "The network path was not found."));
        if (parts.Length < 2 || !host.Shares.TryGetValue(parts[1], out var folder))
            throw new CopyBroken(16, Error(67, $"{doing} {place}\\", "The network name cannot be found."));
        return parts.Length < 3 ? folder : Path.Join(folder, parts[2].Replace('\\', '/'));
    }

    private string Error(int number, string what, string sentence) => string.Create(
        CultureInfo.InvariantCulture, $"{machine.Options.Time.GetLocalNow():yyyy/MM/dd HH:mm:ss} ERROR {number} (0x{number:X8}) {what}\n{sentence}");

    private static async Task<int> FailAsync(StandInCall call, int exitCode, string message)
    {
        await call.WriteLineAsync(message + "\n");
        return exitCode;
    }
}
