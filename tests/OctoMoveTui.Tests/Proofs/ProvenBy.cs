using System.Reflection;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Proofs;

/// <summary>What the tests of this assembly say that they prove, and which tests they are.</summary>
internal static class ProvenBy
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> ByKey = Collect();

    public static IEnumerable<string> Keys => ByKey.Keys;

    public static bool Has(string key) => ByKey.ContainsKey(key);

    public static string Of(string key) => ByKey.TryGetValue(key, out var tests) ? string.Join("; ", tests) : "**nothing yet**";

    private static Dictionary<string, IReadOnlyList<string>> Collect()
    {
        var found =
            from type in typeof(ProvenBy).Assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where method.GetCustomAttributes().OfType<FactAttribute>().Any(each => each.Skip is null)
            from what in type.GetCustomAttributes<ProvesAttribute>().Concat(method.GetCustomAttributes<ProvesAttribute>()).SelectMany(each => each.What)
                .Concat(method.GetCustomAttribute<ProvesEachAttribute>() is { } each
                    ? (IEnumerable<string>)type.GetProperty(each.Property, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)! : [])
            select (what, Test: $"{type.Name}: {method.Name.Replace('_', ' ')}");
        return found.Distinct().GroupBy(each => each.what, each => each.Test)
            .ToDictionary(each => each.Key, each => (IReadOnlyList<string>)[.. each.Order(StringComparer.Ordinal)], StringComparer.Ordinal);
    }
}
