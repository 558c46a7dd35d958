using System.Reflection;
using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Octopus;

/// <summary>
/// docs/octopus-commands.md is the approved list: every command line of Octopus.Server that octomove can issue, by version. It is made of the members
/// of <see cref="OctopusServerExe"/> that give argument lists, so a new one changes it, and whoever approves that change sees it.
/// </summary>
public sealed partial class OctopusCommandDocumentTests
{
    private static readonly string[] Versions =
        ["3.5.9", "3.12.9", "3.16.4", "3.17.14", "4.1.10", "2018.6.15", "2019.1.11", "2020.3.8", "2021.1.7738", "2023.3.13026", "2024.4.6789", "2026.2.4120"];

    [Fact]
    public void Every_command_line_of_every_version_is_on_the_approved_list() => Repository.ShouldHold(Document(), "docs", "octopus-commands.md");

    [Fact]
    public void Each_verb_that_is_spelled_anywhere_in_the_file_is_on_the_list()
    {
        var source = File.ReadAllText(Repository.PathOf("src", "OctoMoveTui.Engine", "Octopus", "OctopusServerExe.cs"));
        var spelled = SpelledVerb().Matches(source).Select(each => each.Groups[1].Value).Distinct().ToList();

        spelled.Count.ShouldBeGreaterThan(7);
        spelled.ShouldBeSubsetOf(Members().SelectMany(each => Lines(each)).Select(each => each[0]).Distinct());
    }

    [Fact]
    public void No_command_line_throws_away_secrets_certificates_or_a_database_or_skips_a_guard()
    {
        foreach (var line in Members().SelectMany(each => Lines(each)))
            ForbiddenCommands.Find(line).ShouldBeNull(string.Join(' ', line));
    }

    [Theory]
    [InlineData("lost-master-key")]
    [InlineData("LOST-MASTER-KEY", "--iReallyWantToResetAllMySensitiveData")]
    [InlineData("rotate-master-key", "--masterKey=x")]
    [InlineData("new-certificate")]
    [InlineData("regenerate-certificate")]
    [InlineData("import-certificate", "--from-file=x")]
    [InlineData("database", "--instance=X", "--create")]
    [InlineData("database", "--instance=X", "--Delete")]
    [InlineData("database", "-upgrade")]
    [InlineData("database", "/create")]
    [InlineData("path", "--skipDatabaseCompatibilityCheck")]
    [InlineData("run", "--skipDatabaseSchemaUpgradeCheck=true")]
    [InlineData("database", "--skipLicenseCheck")]
    public async Task A_forbidden_command_line_does_not_leave_octomove_whoever_asks(params string[] words)
    {
        var exe = new OctopusServerExe(new Programs("/nowhere/Octopus.Server", _ => { }, new Redactor()), "X", new Redactor());

        // Not "no such program": it was not even looked for.
        (await Should.ThrowAsync<InvalidOperationException>(() => exe.RunAsync(words, default))).Message.ShouldContain("never");
    }

    [Fact]
    public void What_is_harmless_is_not_forbidden()
    {
        ForbiddenCommands.Find(["watchdog", "--delete"]).ShouldBeNull();
        ForbiddenCommands.Find(["path", "--artifacts=/create/delete/upgrade"]).ShouldBeNull();
        ForbiddenCommands.Find(["create-instance", "--instance=skip"]).ShouldBeNull();
    }

    private static string Document() => string.Join("\n",
    [
        "# Every command of Octopus.Server that octomove gives",
        "",
        "By version, for an option that a version doesn't know makes the whole command fail. `NAMES` stand for what the plan holds. `--masterKey` and a",
        "connection string with its password can be seen in the process list while `database` runs: Octopus.Server takes them in no other way. In logs and on",
        "the screen they are masked.",
        "",
        "Never given, whatever is asked: " + string.Join(", ", ForbiddenCommands.Verbs.Select(each => $"`{each}`")) + ", "
            + string.Join(", ", ForbiddenCommands.Options.Select(each => $"`{each.Verb} --{each.Option}`")) + $", and any option that begins with `--{ForbiddenCommands.Skipping}`.",
        $"Versions before {VersionGates.Oldest} are refused: their settings are not in the database, and no command tells them.",
        "",
        "## What depends on the version",
        "",
        "| Command, option | Since | In older versions |",
        "|---|---|---|",
        .. VersionGates.All.Select(each => $"| `{each}` | {each.Since ?? "nobody says"} | {InOlder(each)} |"),
        .. Versions.SelectMany(Section),
        "",
        $"Made of `Octopus/OctopusServerExe.cs` and `Octopus/VersionGates.cs`: `{Repository.WriteVariable}=1` and the test `OctopusCommandDocumentTests` write this page anew.",
        "",
    ]);

    private static string InOlder(VersionGate gate) => gate switch
    {
        { Since: null } => "tried, and left out when it is refused",
        { When: WhenOlder.LeaveOut } => "left out",
        _ => "not given",
    };

    private static IEnumerable<string> Section(string version)
    {
        var parsed = OctopusVersion.Find(version)!;
        return
        [
            "",
            $"## {version}",
            "",
            "```",
            .. Members().SelectMany(each => Lines(each))
                .Where(each => VersionGates.Missing(each, parsed) is null)
                .Select(each => string.Join(' ', VersionGates.Fit(each, parsed).Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word)))
                .Distinct().Order(StringComparer.Ordinal),
            "```",
        ];
    }

    // All that give an argument list; what takes one and gives it back is none of them.
    private static IEnumerable<MemberInfo> Members() => typeof(OctopusServerExe).GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(each => each is PropertyInfo property && Gives(property.PropertyType)
            || each is MethodInfo { IsSpecialName: false } method && Gives(method.ReturnType) && method.GetParameters().All(parameter => !Gives(parameter.ParameterType)))
        .OrderBy(each => each.Name, StringComparer.Ordinal);

    private static bool Gives(Type type) => typeof(IEnumerable<string>).IsAssignableFrom(type) && type != typeof(string);

    // A member once for each choice that changes its words: a name or none, yes or no.
    private static IEnumerable<IReadOnlyList<string>> Lines(MemberInfo member)
    {
        var exe = new OctopusServerExe(new Programs("Octopus.Server", _ => { }, new Redactor()), "INSTANCE", new Redactor());
        if (member is PropertyInfo property)
            return [(IReadOnlyList<string>)property.GetValue(exe)!];

        var method = (MethodInfo)member;
        IEnumerable<object?[]> calls = [[]];
        foreach (var parameter in method.GetParameters())
            calls = [.. calls.SelectMany(call => Samples(parameter).Select(sample => (object?[])[.. call, sample]))];
        return calls.Select(call => (IReadOnlyList<string>)method.Invoke(exe, call)!);
    }

    private static IEnumerable<object?> Samples(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var mayBeNull = new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable || type != parameter.ParameterType;
        IEnumerable<object?> given = type switch
        {
            _ when parameter is { Name: "format", Member.Name: nameof(OctopusServerExe.ShowConfiguration) } => ["json-hierarchical", "json", "XML"],
            _ when type == typeof(string) => [Shouted().Replace(parameter.Name!, "_$1").ToUpperInvariant()],
            _ when type == typeof(int) || type == typeof(long) => [5],
            _ when type == typeof(bool) => [false, true],
            _ when type.IsEnum => Enum.GetValues(type).Cast<object?>(),
            _ when type == typeof(IEnumerable<(string Kind, string Path)>) => [Kinds().Select(kind => (kind, $"{kind.ToUpperInvariant()}_PATH"))],
            _ when type == typeof(IEnumerable<(MachineSetting Setting, string Value)>) =>
                [Enum.GetValues<MachineSetting>().Select(each => (each, Shouted().Replace($"{each}", "_$1").ToUpperInvariant()))],
            _ => throw new NotSupportedException($"{parameter.Member.Name}: say here what a {type.Name} may be, so that its command lines can be approved."),
        };
        return mayBeNull ? [null, .. given] : given;
    }

    private static IEnumerable<string> Kinds() =>
        typeof(OctopusDirectories).GetFields(BindingFlags.Public | BindingFlags.Static).Where(each => each.IsLiteral).Select(each => (string)each.GetRawConstantValue()!);

    [GeneratedRegex(@"\[""([a-z][a-z-]+)""")]
    private static partial Regex SpelledVerb();

    [GeneratedRegex("(?<=[a-z])([A-Z])")]
    private static partial Regex Shouted();
}
