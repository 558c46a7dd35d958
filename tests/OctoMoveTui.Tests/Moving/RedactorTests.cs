using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Moving;

public sealed class RedactorTests
{
    private readonly Redactor redactor = new();

    [Fact]
    public void A_secret_it_was_told_of_is_hidden_wherever_it_appears()
    {
        redactor.Learn("s3cret-Key==");

        redactor.Clean("> Octopus.Server database --masterKey=s3cret-Key== (s3cret-Key==)").ShouldNotContain("s3cret");
    }

    [Fact]
    public void A_secret_that_contains_another_leaves_nothing_behind()
    {
        redactor.Learn("abcd");
        redactor.Learn("abcdefgh");

        redactor.Clean("x abcdefgh y").ShouldBe($"x {Secret.Mask} y");
    }

    [Theory]
    [InlineData("""ab'cd"ef;gh1""")]
    [InlineData("""Server=x;Password="ab'cd""ef;gh1";Encrypt=True""")]
    [InlineData("""Server=x;Password='ab''cd"ef;gh1';Encrypt=True""")]
    [InlineData("""Encrypt=True;Secret=ab'cd""ef;gh1""")]
    [InlineData("""Encrypt=True;Secret=ab''cd"ef;gh1""")]
    [InlineData("""{"secret":"ab'cd\"ef;gh1"}""")]
    [InlineData("""{"secret":"ab\u0027cd\u0022ef;gh1"}""")]
    [InlineData("""{"secret":"\"ab'cd\"\"ef;gh1\""}""")]
    [InlineData("""{"secret":"\u0022ab\u0027cd\u0022\u0022ef;gh1\u0022"}""")]
    public void A_secret_with_quotes_is_hidden_however_it_was_quoted(string text)
    {
        redactor.Learn("ab'cd\"ef;gh1");

        var cleaned = redactor.Clean(text);
        cleaned.ShouldNotContain("ef;gh1");
        cleaned.ShouldNotContain("cd");
    }

    [Theory]
    [InlineData("""Server=x;Password="ab'cd""ef;gh1";Encrypt=True""")]
    [InlineData("""Server=x;Password='ab"cd''ef;gh1';Encrypt=True""")]
    [InlineData("""Server=x;Password=cd'ef"gh1;Encrypt=True""")]
    public void A_password_in_quotes_is_hidden_to_its_last_quote(string text)
    {
        var cleaned = redactor.Clean(text);
        cleaned.ShouldBe($"Server=x;Password={Secret.Mask};Encrypt=True");
    }

    [Theory]
    [InlineData("https://a.blob.core.windows.net/c?sv=2024&sig=s3cret%2Fkey%3D&se=2026", "https://a.blob.core.windows.net/c?sv=2024&sig=MASK&se=2026")]
    [InlineData("CREATE CREDENTIAL [x] WITH SECRET = 'SIG=s3cret/key+=='", "CREATE CREDENTIAL [x] WITH SECRET = 'SIG=MASK'")]
    [InlineData("""{"url":"https://a/c?sv=1\u0026sig=s3cret\u0026se=1"}""", """{"url":"https://a/c?sv=1\u0026sig=MASK\u0026se=1"}""")]
    [InlineData("design=plain", "design=plain")]
    public void The_signature_of_a_SAS_token_is_hidden_wherever_it_appears(string text, string expected) =>
        redactor.Clean(text).ShouldBe(expected.Replace("MASK", Secret.Mask, StringComparison.Ordinal));

    [Fact]
    public void A_long_text_with_many_quotes_is_cleaned_in_no_time()
    {
        for (var number = 0; number < 50; number++)
            redactor.Learn($"secret-'{number}\"");
        var text = string.Concat(Enumerable.Repeat("Password=\"\"\"\" x'\"", 2000)) + "Password=\"" + new string('"', 20001);

        var clock = System.Diagnostics.Stopwatch.StartNew();
        redactor.Clean(text);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("Server=x;Password=hunter22;Database=y", "hunter22")]
    [InlineData("Server=x;pwd = 'it is; long';Database=y", "it is; long")]
    [InlineData("--masterKey=AAAABBBBCCCC== --console", "AAAABBBBCCCC==")]
    public void A_password_it_was_never_told_of_is_hidden_where_its_place_shows_it(string text, string secret) =>
        redactor.Clean(text).ShouldNotContain(secret);

    [Theory]
    [InlineData("a\u001b[2Jb", "ab")]
    [InlineData("a\u001b]0;title\u0007b", "ab")]
    [InlineData("a\u009b31mb", "ab")]
    [InlineData("a\rb\bc\td", "abc    d")]
    [InlineData("a\u001bPq#0;2;0;0;0\u001b\\b", "ab")]
    [InlineData("a\u009d0;title\u009cb", "ab")]
    [InlineData("a\u001b(0b\u001bcc", "abc")]
    [InlineData("report\u202egpj.exe \u2066x\u2069 a\u200bb", "reportgpj.exe x ab")]
    [InlineData("one\u2028two", "one\ntwo")]
    [InlineData("\U0001F468\u200d\U0001F4BB", "\U0001F468\u200d\U0001F4BB")]
    [InlineData("line\nline", "line\nline")]
    public void Control_sequences_never_reach_a_terminal(string text, string cleaned) => redactor.Clean(text).ShouldBe(cleaned);

    [Fact]
    public void A_secret_hides_itself()
    {
        var secret = new Secret("hunter2");

        $"{secret}".ShouldBe(Secret.Mask);
        System.Text.Json.JsonSerializer.Serialize(secret).ShouldNotContain("hunter2");
    }
}
