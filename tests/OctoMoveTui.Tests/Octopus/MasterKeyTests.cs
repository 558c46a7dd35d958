using System.Security.Cryptography;
using System.Text;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Octopus;

public sealed class MasterKeyTests
{
    private const string Key = "5qJcW9E6B99teMmrOzaYNA==";

    [Theory]
    [InlineData(" 5qJcW9E6B99teMmrOzaYNA==\r\n")]
    [InlineData("5qJcW9E6B99teMmrOzaYNA==")]
    public void Blanks_and_line_breaks_around_a_key_are_forgiven(string typed) => MasterKey.Parse(typed).Reveal().ShouldBe(Key);

    [Theory]
    [InlineData("5qJcW9E6B99teMmrOzaYN", "not base64")]
    [InlineData("", "0 bytes")]
    [InlineData("not a key!", "not base64")]
    [InlineData("5qJcW9E6B99t", "9 bytes")]
    [InlineData("5qJcW9E6B99teMmrOzaYNKqJcW9E6B99", "24 bytes")]
    [Proves("P2")]
    public void What_is_no_key_is_refused_with_the_reason(string typed, string reason)
    {
        var failure = Should.Throw<MoveFailure>(() => MasterKey.Parse(typed));
        failure.Report.Cause.ShouldBe(FailureCause.MasterKey);
        failure.Report.What.ShouldContain(reason);
        failure.Report.ToDo.ShouldNotBeEmpty();
    }

    [Fact]
    public void It_decrypts_what_was_encrypted_with_it() => MasterKey.Parse(Key).DecryptText(Encrypt(Key, "pa$$wörd")).ShouldBe("pa$$wörd");

    [Fact]
    [Proves("P1")]
    public void A_wrong_key_with_right_padding_by_luck_still_yields_no_readable_text()
    {
        // About one wrong key in 256 gets the padding right (#3563): none of them may pass for text that means something.
        var (value, lucky, readable) = (Encrypt(Key, "the quick brown fox jumps over the lazy dog"), 0, 0);
        for (var number = 0; number < 20_000; number++)
        {
            var bytes = SHA256.HashData(BitConverter.GetBytes(number))[..16];
            var wrong = MasterKey.Parse(Convert.ToBase64String(bytes));
            if (wrong.Decrypt(value) is null)
                continue;
            lucky++;
            if (wrong.DecryptText(value) is { Length: > 0 })
                readable++;
        }

        lucky.ShouldBeGreaterThan(20);
        readable.ShouldBe(0);
    }

    [Fact]
    public void It_hides_itself()
    {
        var key = MasterKey.Parse(Key);
        $"{key}".ShouldNotContain("5qJc");
        key.Fingerprint.Length.ShouldBe(8);
    }

    private static string Encrypt(string key, string plain)
    {
        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(key);
        return Convert.ToBase64String(aes.EncryptCbc(Encoding.UTF8.GetBytes(plain), aes.IV)) + "|" + Convert.ToBase64String(aes.IV);
    }
}
