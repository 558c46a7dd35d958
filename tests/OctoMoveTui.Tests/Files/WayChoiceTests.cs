using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Tests.Files;

public sealed class WayChoiceTests
{
    [Fact]
    public void Where_each_way_brings_more_there_are_more_and_more_of_them() => AfterLooks(200, ways => ways * 1_000_000).ShouldBeGreaterThan(20);

    [Fact]
    public void Where_ways_stand_in_each_others_way_there_are_few() => AfterLooks(200, ways => 8_000_000 / ways).ShouldBeLessThan(3);

    [Fact]
    public void Where_the_disk_is_the_limit_they_stay_about_as_many_as_it_serves() =>
        AfterLooks(400, ways => Math.Min(ways, 6) * 1_000_000L).ShouldBeInRange(5, 7);

    [Fact]
    public void Small_files_count_though_they_have_few_bytes()
    {
        var choice = new WayChoice(4, 32);
        long files = 0;
        for (var look = 0; look < 200; look++)
        {
            files += choice.Ways * 500;
            choice.Next(files, bytes: 0);
        }

        choice.Ways.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Standing_still_says_nothing_about_ways()
    {
        var choice = new WayChoice(4, 32);
        for (var look = 0; look < 50; look++)
        {
            choice.Next(10, 1000).ShouldBe(4);
        }
    }

    private static int AfterLooks(int looks, Func<int, long> bytesPerLook)
    {
        var choice = new WayChoice(4, 32);
        long bytes = 0;
        for (var look = 0; look < looks; look++)
        {
            bytes += bytesPerLook(choice.Ways);
            choice.Next(0, bytes).ShouldBeInRange(1, 32);
        }

        return choice.Ways;
    }
}
