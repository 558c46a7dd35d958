using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Effects;

namespace OctoMoveTui.Tests.Killed;

/// <summary>Calls the same effect of two runs by the same name, in one line.</summary>
internal sealed partial class EffectNames(string root)
{
    private const int Longest = 160;
    private const string Between = "between-steps";

    public string Of(EffectSeen seen)
    {
        var where = seen.Kind is EffectKind.Statement ? $" [{seen.Where}]" : seen.Kind is EffectKind.Rename or EffectKind.FileWrite or EffectKind.Removal ? $" ({seen.Where})" : "";
        var name = seen.What + where;
        if (root.Length > 0)
            name = name.Replace(root, "~", StringComparison.Ordinal);
        name = MoveId().Replace(name, "MOVE");
        name = Unique().Replace(name, "GUID");
        name = Address().Replace(name, "$1:PORT");
        name = Time().Replace(name, "TIME");
        name = Space().Replace(name, " ").Trim();

        // Two long ones may begin alike.
        if (name.Length > Longest)
            name = $"{name[..Longest]}… #{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..6]}";
        return $"{(seen.Step.Length > 0 ? seen.Step : Between)}: {seen.Kind}: {name}";
    }

    [GeneratedRegex("[0-9]{8}-[0-9a-f]{8}")]
    private static partial Regex MoveId();

    [GeneratedRegex("[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}")]
    private static partial Regex Unique();

    [GeneratedRegex(@"(127\.0\.0\.1)[:,][0-9]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(Z|[+-][0-9:]+)?|[0-9]{8}-[0-9]{6}(-[0-9]+)?")]
    private static partial Regex Time();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
