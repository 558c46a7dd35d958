using System.Net;
using System.Security;
using System.Text;
using System.Text.Json;

namespace OctoMoveTui.Tests.Support;

public sealed class SecretSearchTests
{
    private const string Password = "new;Sql=<Kf'8\"xqRtJmWzLpVb>-größer";
    private static readonly byte[] Key = [.. Enumerable.Range(1, 16).Select(each => (byte)(each * 37))];
    private readonly SecretSearch search = new([Password, Convert.ToBase64String(Key)]);

    public static TheoryData<string> Dresses => new(
        Password,
        JsonSerializer.Serialize(new { Text = Password }),
        Uri.EscapeDataString(Password),
        WebUtility.UrlEncode(Password),
        SecurityElement.Escape(Password),
        WebUtility.HtmlEncode(Password),
        $"--connectionString=\"Server=x;Password='{Password.Replace("'", "''")}'\"",
        Password.Split('=')[1],
        Convert.ToBase64String(Encoding.UTF8.GetBytes("a" + Password + "b")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("ab" + Password)),
        Convert.ToBase64String(Encoding.Unicode.GetBytes("abc" + Password)),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Password)),
        Convert.ToBase64String(Key),
        Uri.EscapeDataString(Convert.ToBase64String(Key)),
        Convert.ToHexStringLower(Key));

    [Theory]
    [MemberData(nameof(Dresses))]
    public void A_secret_is_found_in_each_dress(string dress)
    {
        search.In($"before {dress} after").ShouldNotBeNull();
        search.In(Encoding.Unicode.GetBytes($"before {dress} after")).ShouldNotBeNull();
    }

    [Fact]
    public void It_is_found_in_files_and_in_their_names_and_nothing_else_is()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["innocent.log"], "new;Sql=••••••; größer; " + Convert.ToBase64String(Encoding.UTF8.GetBytes("nothing of the kind, however long it may be")));
        search.InFilesOf(folder.Path).ShouldBeEmpty();

        File.WriteAllBytes(folder["key.bin"], [1, 2, 3, .. Key, 4]);
        File.WriteAllText(folder["xqRtJmWzLpVb.txt"], "");
        search.InFilesOf(folder.Path).Select(each => each.Split(folder.Path)[1].Split(':')[0].Trim('/', '\\')).Order().ShouldBe(["key.bin", "xqRtJmWzLpVb.txt"]);
    }
}
