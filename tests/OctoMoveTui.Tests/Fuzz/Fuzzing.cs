using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Fuzz;

/// <summary>
/// Feeds hostile input to one reader at a time. Each input is made from its number alone, so that one that fails can be made again; how many there are is
/// a test's own share, turned up for all by <c>OCTOMOVE_TEST_FUZZ</c> (the number of inputs of all tests together, 100,000 when it is not set).
/// </summary>
internal static class Fuzzing
{
    /// <summary>The environment variable that turns it up.</summary>
    public const string Variable = "OCTOMOVE_TEST_FUZZ";

    /// <summary>The inputs of all tests together when nobody turns it up; the shares add up to a little more.</summary>
    public const int Usual = 100_000;

    private const int MostShown = 5;

    /// <summary>Feeds a share of the inputs; what the reader may throw is a <see cref="MoveFailure"/>, and whatever <paramref name="mayThrow"/> lets pass.</summary>
    /// <param name="output">Where it is told how many there were.</param>
    /// <param name="target">What is fed.</param>
    /// <param name="share">How many inputs of 100,000.</param>
    /// <param name="make">Makes one.</param>
    /// <param name="feed">Has it read, and throws when it led to something that must not be.</param>
    /// <param name="mayThrow">What the reader is documented to throw in addition.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="test">Filled in by the compiler.</param>
    public static async Task FeedAsync<T>(
        ITestOutputHelper output, string target, int share, Func<Dice, T> make, Func<T, Task> feed, Func<Exception, bool>? mayThrow = null,
        [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var (count, refused, wrong) = (Count(share), 0, new List<string>());
        for (var number = 0; number < count && wrong.Count < MostShown; number++)
        {
            var input = make(new Dice(number));
            try
            {
                await feed(input);
            }
            catch (Exception error)
            {
                refused++;
                if (error is not MoveFailure { Report.Cause: not FailureCause.Defect } && mayThrow?.Invoke(error) is not true)
                    wrong.Add($"input {number} of {target}: {error.GetType().Name}: {error.Message}\n{Place(error)}\n{Show(input)}");
            }
        }

        wrong.ShouldBeEmpty();
        refused.ShouldBeLessThan(count, "some input has to be taken, or the reader was never tried");
        Numbers.Say(output, string.Create(CultureInfo.InvariantCulture,
            $"Hostile {target}: {count} of {count} inputs without escape or unhandled exception, {refused} refused"), file, test);
    }

    /// <summary>The same, of a reader that does not wait for anything.</summary>
    public static Task FeedAsync<T>(
        ITestOutputHelper output, string target, int share, Func<Dice, T> make, Action<T> feed, Func<Exception, bool>? mayThrow = null,
        [CallerFilePath] string file = "", [CallerMemberName] string test = "") => FeedAsync(output, target, share, make, input =>
        {
            feed(input);
            return Task.CompletedTask;
        }, mayThrow, file, test);

    /// <summary>How many inputs a share is.</summary>
    public static int Count(int share) =>
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var all)
            ? Math.Max(1, (int)((long)share * all / Usual)) : share;

    private static string Place(Exception error) =>
        string.Join('\n', (error.StackTrace ?? "").Split('\n').Where(each => each.Contains("OctoMoveTui", StringComparison.Ordinal)).Take(4));

    private static string Show<T>(T input)
    {
        var text = input switch { byte[] bytes => Encoding.Latin1.GetString(bytes), var other => other?.ToString() ?? "" };
        var shown = string.Concat(text.Take(1500).Select(each => each is '\n' or (>= ' ' and <= '~') ? each.ToString() : $"\\u{(int)each:x4}"));
        return $"({text.Length} characters) {shown}";
    }
}
