using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Files;

/// <summary>A backup of many gigabytes that was cut short on its way goes on where it stopped, and nothing wrong is built upon.</summary>
public sealed class InterruptedCarryTests : IDisposable
{
    private const int Blocks = 3;

    private readonly TemporaryFolder folder = new();
    private readonly string from, to;
    private readonly List<long> steps = [];

    public InterruptedCarryTests()
    {
        (from, to) = (folder["backup.bak"], folder["there.bak"]);
        var bytes = new byte[Blocks * FileCarrier.BlockBytes - 12_345];
        new Random(7).NextBytes(bytes);
        File.WriteAllBytes(from, bytes);
    }

    [Fact]
    public async Task What_is_on_disk_already_is_not_read_from_the_source_again()
    {
        await StopInBlockAsync(3);

        var carried = await CarryAsync();

        ShouldBeWhole(carried);
        steps.ShouldBeInOrder(SortDirection.Ascending, "two blocks were read back, and the third follows on them");
    }

    [Fact]
    public async Task A_block_that_was_damaged_meanwhile_is_carried_again()
    {
        await StopInBlockAsync(3);
        using (var part = new FileStream(to + ".octomove.part", FileMode.Open, FileAccess.ReadWrite))
        {
            part.Position = FileCarrier.BlockBytes + 99;
            var one = part.ReadByte();
            part.Position--;
            part.WriteByte((byte)(one ^ 1));
        }

        ShouldBeWhole(await CarryAsync());
        steps.Zip(steps.Skip(1)).Single(each => each.Second < each.First).Second.ShouldBeInRange(
            FileCarrier.BlockBytes + 1, 2 * FileCarrier.BlockBytes - 1, "it goes on behind the one block that is right");
    }

    [Fact]
    public async Task Another_file_under_the_same_name_is_carried_from_its_beginning()
    {
        await StopInBlockAsync(3);
        var other = File.ReadAllBytes(from);
        other[5] ^= 1;
        File.WriteAllBytes(from, other);
        File.SetLastWriteTimeUtc(from, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        ShouldBeWhole(await CarryAsync());
    }

    [Fact]
    public async Task Both_ends_have_the_same_hash_however_often_it_was_cut_short()
    {
        var straight = await FileCarrier.CarryAsync(from, folder["straight.bak"], forServers: true, (_, _) => { }, default);
        await StopInBlockAsync(1);
        await StopInBlockAsync(2);
        await StopInBlockAsync(3);

        (await CarryAsync()).ShouldBe(straight);
        (await FileCarrier.CarryAsync(to, folder["further.bak"], forServers: true, (_, _) => { }, default)).ShouldBe(straight);
    }

    public void Dispose() => folder.Dispose();

    private Task<CarriedFile> CarryAsync() => FileCarrier.CarryAsync(from, to, forServers: true, (done, _) => steps.Add(done), default);

    private async Task StopInBlockAsync(int block)
    {
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => FileCarrier.CarryAsync(from, to, forServers: true, (done, _) =>
        {
            if (done > (block - 1L) * FileCarrier.BlockBytes + FileCarrier.BlockBytes / 4)
                stop.Cancel();
        }, stop.Token));
        File.Exists(to).ShouldBeFalse("it appears under its name only when it is whole");
    }

    private void ShouldBeWhole(CarriedFile carried)
    {
        carried.Bytes.ShouldBe(new FileInfo(from).Length);
        File.ReadAllBytes(to).AsSpan().SequenceEqual(File.ReadAllBytes(from)).ShouldBeTrue();
        folder.Names().ShouldBe(["backup.bak", "there.bak"], ignoreOrder: true);
    }
}
