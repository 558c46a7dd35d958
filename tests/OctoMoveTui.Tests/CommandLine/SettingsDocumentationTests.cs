using System.Reflection;
using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.CommandLine;

/// <summary>docs/settings.md has every setting, and no other.</summary>
public sealed partial class SettingsDocumentationTests
{
    [Fact]
    public void Every_setting_is_described_and_nothing_else_is()
    {
        var text = File.ReadAllText(Repository.PathOf("docs", "settings.md"));
        var described = Row().Matches(text).SelectMany(each => Name().Matches(each.Groups[1].Value)).Select(each => each.Groups[1].Value).Distinct();

        var settings = new[] { typeof(MoveSettings), typeof(ServerSettings), typeof(BackupSettings), typeof(FolderSettings), typeof(CheckSettings), typeof(CopySettings), typeof(TaskSettings), typeof(AgreementSettings), typeof(TimingSettings) }
            .SelectMany(each => each.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(each => each.PropertyType.Namespace != typeof(MoveSettings).Namespace || each.PropertyType.IsEnum).Select(each => each.Name).Distinct();

        described.ShouldBe(settings, ignoreOrder: true);
    }

    [GeneratedRegex(@"^\| (`[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Name();
}
