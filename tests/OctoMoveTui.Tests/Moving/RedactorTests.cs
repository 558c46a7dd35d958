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
