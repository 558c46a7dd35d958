using Microsoft.Extensions.Configuration;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.CommandLine.Configuring;

/// <summary>Defaults &lt; octomove.json &lt; OCTOMOVE_… environment &lt; options; a key that nobody knows is refused, not ignored.</summary>
internal sealed class ConfigurationLoader(Surroundings surroundings)
{
    public const string EnvironmentPrefix = "OCTOMOVE_";
    private const string FileName = "octomove.json";

    // For developers: where the tests find a real SQL Server. Not the program's business, but not a typing error either.
    private const string TestPrefix = EnvironmentPrefix + "TEST_";

    private readonly KnownKeys known = new();

    /// <summary>Reads all of it.</summary>
    /// <param name="file">The file given with --config, or null to look in the usual places.</param>
    /// <param name="options">Key and value from the command line, the later one winning.</param>
    /// <exception cref="MoveFailure">Usage: names the key, the value or the file that is wrong.</exception>
    public ProgramSettings Load(string? file, IReadOnlyList<KeyValuePair<string, string>> options)
    {
        var builder = new ConfigurationBuilder();
        if (FindFile(file) is { } path)
        {
            var fromFile = ReadFile(path);
            RefuseUnknown(Leaves(fromFile), path);
            RefuseSecrets(Leaves(fromFile), path);
            builder.AddConfiguration(fromFile);
        }

        var fromEnvironment = FromEnvironment();
        RefuseUnknown(fromEnvironment.Keys, "environment");
        builder.AddInMemoryCollection(fromEnvironment);

        RefuseUnknown(options.Select(option => option.Key), "--set");
        RefuseSecrets(options.Select(option => option.Key), "--set");
        var last = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in options)
        {
            last[key] = value;
        }

        builder.AddInMemoryCollection(last);
        return Bind(builder.Build());
    }

    private ProgramSettings Bind(IConfigurationRoot configuration)
    {
        var settings = new ProgramSettings(new MoveSettings(), new ScreenSettings());
        try
        {
            configuration.Bind(settings.Move);
            configuration.GetSection("Screen").Bind(settings.Screen);
            return settings;
        }
        catch (InvalidOperationException wrong)
        {
            // The binder names the key only in its message; the value is asked for here, never a secret's (those are all text).
            var key = known.All.FirstOrDefault(k => wrong.Message.Contains($"'{k}'", StringComparison.OrdinalIgnoreCase)) ?? "?";
            throw Usage(
                CommandLineWords.BadValue(key, configuration[key] ?? ""),
                wrong.InnerException is UnreadableSetting unreadable ? unreadable.Message : CommandLineWords.BadValueToDo,
                wrong);
        }
    }

    private string? FindFile(string? given)
    {
        if (given is not null)
        {
            var path = Path.GetFullPath(given, surroundings.CurrentFolder);
            return File.Exists(path) ? path : throw Usage(CommandLineWords.NoConfigFile(path), "");
        }

        return new[] { surroundings.CurrentFolder, surroundings.ProgramFolder }
            .Select(folder => Path.Combine(folder, FileName))
            .FirstOrDefault(File.Exists);
    }

    private static IConfigurationRoot ReadFile(string path)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonStream(new MemoryStream(File.ReadAllBytes(path))).Build();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException or System.Text.Json.JsonException)
        {
            throw Usage(CommandLineWords.BadConfigFile(path), CommandLineWords.BadConfigFileToDo, unreadable);
        }
    }

    private Dictionary<string, string?> FromEnvironment() => surroundings.Environment
        .Where(variable => variable.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
        .Where(variable => !variable.Key.StartsWith(TestPrefix, StringComparison.OrdinalIgnoreCase))
        .ToDictionary(
            variable => variable.Key[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal),
            variable => (string?)variable.Value,
            StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Leaves(IConfiguration configuration) => configuration.AsEnumerable()
        .Where(pair => pair.Value is not null || !configuration.GetSection(pair.Key).GetChildren().Any())
        .Select(pair => pair.Key);

    private void RefuseUnknown(IEnumerable<string> keys, string source)
    {
        if (keys.FirstOrDefault(key => !known.Contains(key)) is not { } unknown)
        {
            return;
        }

        var nearest = known.Nearest(unknown);
        throw new MoveFailure(new FailureReport(
            FailureCause.Usage,
            CommandLineWords.UnknownKey(unknown, source),
            nearest is null ? "" : CommandLineWords.DidYouMean(nearest),
            [CommandLineWords.UnknownKeyToDo(known.All)]));
    }

    private void RefuseSecrets(IEnumerable<string> keys, string source)
    {
        if (keys.FirstOrDefault(KnownKeys.IsSecret) is { } secret)
        {
            var key = known.Spelled(secret);
            throw new MoveFailure(new FailureReport(
                FailureCause.Usage,
                CommandLineWords.SecretInFile(key, source),
                CommandLineWords.SecretInFileWhy,
                [CommandLineWords.SecretInFileToDo(KnownKeys.Variable(key))]));
        }
    }

    private static MoveFailure Usage(string what, string toDo, Exception? inner = null) =>
        new(new FailureReport(FailureCause.Usage, what, "", toDo.Length == 0 ? [] : [toDo], inner?.Message), inner);
}
