using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Tests.Files;

public sealed class TransferRateTests
{
    [Theory]
    [InlineData("20 MB/s", 20L << 20)]
    [InlineData("20mb", 20L << 20)]
    [InlineData("20 MiB/s", 20L << 20)]
    [InlineData("20M", 20L << 20)]
    [InlineData("1.5 GB/s", 3L << 29)]
    [InlineData("160 Mbit/s", 20_000_000)]
    [InlineData("160Mbps", 20_000_000)]
    [InlineData("8 bits", 1)]
    [InlineData("64KB", 65536)]
    [InlineData("500 bytes/s", 500)]
    [InlineData("500B", 500)]
    [InlineData(" 7 ", 7)]
    public void A_speed_is_read_as_people_write_it(string text, long bytesPerSecond)
    {
        TransferRate.TryParse(text, 1, out var rate).ShouldBeTrue();
        rate.BytesPerSecond.ShouldBe(bytesPerSecond);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5 MB/s")]
    [InlineData("MB")]
    [InlineData("fast")]
    [InlineData("20 MB/h")]
    [InlineData("20 parsecs")]
    [InlineData("1,5 MB/s")]
    [InlineData("0.1 bit/s")]
    [InlineData("9999999999 TB/s")]
    public void What_is_no_speed_above_zero_is_refused(string text) => TransferRate.TryParse(text, 1, out _).ShouldBeFalse();

    [Fact]
    public void A_bare_number_is_what_the_asker_says()
    {
        TransferRate.TryParse("20", 1 << 20, out var rate).ShouldBeTrue();
        rate.ToString().ShouldBe("20 MB/s");
    }
}
