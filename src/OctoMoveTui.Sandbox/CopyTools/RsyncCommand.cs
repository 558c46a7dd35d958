using System.Globalization;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.CopyTools;

/// <summary><c>rsync</c> 3.4 as far as a move needs it: from here to a directory, here or behind <c>-e ssh</c>, and lists. It takes no option that it doesn't know.</summary>
internal sealed class RsyncCommand(OctopusMachine machine)
{
    private const string Version = "3.4.1";

    private static readonly string[] Flags =
        ["--recursive", "--links", "--times", "--mkpath", "--secluded-args", "--no-inc-recursive", "--ignore-times", "--from0", "--list-only", "--dirs", "--version"];

    private static readonly string[] WithValue =
        ["--modify-window", "--partial-dir", "--timeout", "--info", "--outbuf", "--out-format", "--files-from", "--bwlimit", "-e"];

    public async Task<int> AnswerAsync(StandInCall call)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var places = new List<string>();
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var word = call.Arguments[i];
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? word : word[..equals];
            if (!word.StartsWith('-'))
                places.Add(word);
            else if (Flags.Contains(word))
                options[word] = "";
            else if (WithValue.Contains(name) && (equals >= 0 || i + 1 < call.Arguments.Count))
                options[name] = equals >= 0 ? word[(equals + 1)..] : call.Arguments[++i];
            else
                return await EndAsync(call, 1, "syntax or usage error", $"rsync: {word}: unknown option");
        }

        try
        {
            if (options.ContainsKey("--version"))
            {
                await call.WriteLineAsync($"rsync  version {Version}  protocol version 32\nCopyright (C) 1996-2025 by Andrew Tridgell, Wayne Davison, and others.");
                return 0;
            }

            if (options.ContainsKey("--list-only") && places is [var listed])
                return await ListAsync(call, await ReachAsync(call, listed, options), options);
            return places is [var from, var to]
                ? await CopyAsync(call, await ReachAsync(call, from, options), await ReachAsync(call, to, options), to, options)
                : await EndAsync(call, 1, "syntax or usage error", "rsync: the sandbox copies from one place to one other.");
        }
        catch (CopyBroken broken)
        {
            return await EndAsync(call, broken.ExitCode, Meaning(broken.ExitCode), broken.Message);
        }
    }

    private static async Task<int> ListAsync(StandInCall call, string folder, Dictionary<string, string> options)
    {
        if (!Directory.Exists(folder))
            throw new CopyBroken(23, $"rsync: [sender] change_dir \"{folder.TrimEnd('/')}\" failed: No such file or directory (2)");
        await call.WriteLineAsync(Listed(new DirectoryInfo(folder), "."));
        if (options.ContainsKey("--dirs"))
        {
            foreach (var entry in TreeCopy.Walk(folder, depth: 1))
                await call.WriteLineAsync(Listed(entry.Info, entry.Path));
        }

        return 0;
    }

    private async Task<int> CopyAsync(StandInCall call, string from, string to, string written, Dictionary<string, string> options)
    {
        if (!Directory.Exists(from))
            throw new CopyBroken(23, $"rsync: [sender] change_dir \"{from.TrimEnd('/')}\" failed: No such file or directory (2)");
        if (!options.ContainsKey("--mkpath") && !Directory.Exists(Path.GetDirectoryName(to.TrimEnd('/'))))
            throw new CopyBroken(11, $"rsync: [Receiver] mkdir \"{to}\" failed: No such file or directory (2)");
        if (!written.EndsWith('/'))
            throw new CopyBroken(1, "rsync: the sandbox wants a slash behind both directories.");

        var only = options.TryGetValue("--files-from", out var list)
            ? (await File.ReadAllTextAsync(list, call.Cancelled)).Split(options.ContainsKey("--from0") ? '\0' : '\n', StringSplitOptions.RemoveEmptyEntries) : null;
        var copy = new TreeCopy(from, to, machine.TakeCopyFault(), call.Cancelled)
        {
            Only = only?.ToHashSet(StringComparer.Ordinal),
            EvenWhatAgrees = options.ContainsKey("--ignore-times"),
            KeepsTimes = options.ContainsKey("--times"),
            HalfOf = path => options.TryGetValue("--partial-dir", out var partial)
                ? Path.Join(Path.GetDirectoryName(path), partial, Path.GetFileName(path))
                : Path.Join(Path.GetDirectoryName(path), $".{Path.GetFileName(path)}.aB3xYz"),
        };
        Directory.CreateDirectory(to);
        var entries = copy.Entries();
        var (bytes, transfers, done, total) = (0L, 0, 0, Math.Max(entries.Sum(each => each.Size), 1));
        foreach (var entry in entries)
        {
            done++;
            if (copy.Agrees(entry) || (entry.Info.LinkTarget is not null && !options.ContainsKey("--links")))
                continue;
            if (options.TryGetValue("--out-format", out var format))
                await call.WriteLineAsync(format.Replace("%n", entry.IsDirectory ? entry.Path + "/" : entry.Path, StringComparison.Ordinal));
            await copy.CopyAsync(entry);
            if (options.TryGetValue("--partial-dir", out var partial))
                Clear(Path.Join(Path.GetDirectoryName(Path.Join(to, entry.Path)), partial), Path.GetFileName(entry.Path));
            bytes += entry.Size;
            if (options.GetValueOrDefault("--info") == "progress2" && !entry.IsDirectory)
                await call.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"\r{bytes,15:N0} {bytes * 100 / total,3}%    1.02MB/s    0:00:00 (xfr#{++transfers}, to-chk={entries.Count - done}/{entries.Count})"));
        }

        copy.FinishDirectories(entries);
        return only?.FirstOrDefault(each => entries.All(entry => entry.Path != each)) is { } missing
            ? throw new CopyBroken(23, $"rsync: [sender] link_stat \"{Path.Join(from, missing)}\" failed: No such file or directory (2)") : 0;
    }

    // A finished file needs its half no longer, and the directory goes with the last.
    private static void Clear(string partial, string name)
    {
        if (!Directory.Exists(partial))
            return;
        File.Delete(Path.Join(partial, name));
        if (!Directory.EnumerateFileSystemEntries(partial).Any())
            Directory.Delete(partial);
    }

    /// <summary>user@HOST:/path is a path on another machine's disk, if that lets us in.</summary>
    private async Task<string> ReachAsync(StandInCall call, string place, Dictionary<string, string> options)
    {
        var colon = place.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || place.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash && slash < colon)
            return place;

        var shell = options.GetValueOrDefault("-e", "ssh");
        var name = place[(place.IndexOf('@', StringComparison.Ordinal) + 1)..colon];
        if (machine.Neighbour(name) is not { } host)
            throw new CopyBroken(255, $"ssh: Could not resolve hostname {name.ToLowerInvariant()}: Name or service not known");
        switch (host.Ssh)
        {
            case SshAnswer.RefusesKey:
                // Without BatchMode it asks for a password, and waits.
                if (!shell.Contains("BatchMode=yes", StringComparison.Ordinal))
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Cancelled);
                throw new CopyBroken(255, $"{place[..colon]}: Permission denied (publickey,password).");
            case SshAnswer.HostKeyUnknown:
                throw new CopyBroken(255, "Host key verification failed.");
            case SshAnswer.NotListening:
                throw new CopyBroken(255, $"ssh: connect to host {name} port 22: Connection refused");
            case SshAnswer.NoRsync:
                throw new CopyBroken(127, "bash: line 1: rsync: command not found");
        }

        var path = place[(colon + 1)..];
        return host.Owns(path) ? path : throw new CopyBroken(11, $"rsync: [Receiver] mkdir \"{path}\" failed: Permission denied (13)");
    }

    private static string Listed(FileSystemInfo info, string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(info is DirectoryInfo ? "drwxr-xr-x" : "-rw-r--r--")} {(info is FileInfo file ? file.Length : 4096),14:N0} {info.LastWriteTime:yyyy/MM/dd HH:mm:ss} {name}");

    private static async Task<int> EndAsync(StandInCall call, int exitCode, string meaning, string message)
    {
        if (message.Length > 0)
            await call.WriteErrorLineAsync(message);
        if (exitCode is 12 or 127 or 255)
            await call.WriteErrorLineAsync("rsync: connection unexpectedly closed (0 bytes received so far) [sender]");
        await call.WriteErrorLineAsync(string.Create(CultureInfo.InvariantCulture, $"rsync error: {meaning} (code {exitCode}) at main.c(1852) [sender={Version}]"));
        return exitCode;
    }

    private static string Meaning(int exitCode) => exitCode switch
    {
        1 => "syntax or usage error",
        10 => "error in socket IO",
        11 => "error in file IO",
        12 => "error in rsync protocol data stream",
        20 => "received SIGINT, SIGTERM, or SIGHUP",
        23 => "some files/attrs were not transferred (see previous errors)",
        24 => "some files vanished before they could be transferred",
        30 => "timeout in data send/receive",
        127 => "remote command not found",
        _ => "unexplained error",
    };
}
