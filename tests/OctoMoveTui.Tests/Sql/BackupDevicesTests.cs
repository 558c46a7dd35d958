using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Tests.Sql;

public sealed class BackupDevicesTests
{
    private const string Blob = "https://account.blob.core.windows.net";

    [Theory]
    [InlineData($"{Blob}/moves/Octopus.bak", $"{Blob}/moves")]
    [InlineData($"{Blob}/moves/tonight/late/Octopus.bak", $"{Blob}/moves")]
    [InlineData("s3://host:9000/bucket/tonight/Octopus.bak", "s3://host:9000/bucket")]
    public void A_credential_is_named_like_the_container_and_no_folder_within_it(string url, string container) =>
        BackupDevices.ContainerOf(url).ShouldBe(container);

    [Theory]
    [InlineData($"{Blob}/moves", false, $"{Blob}/moves")]
    [InlineData(@"\\nas\back?ups", false, @"\\nas\back?ups")]
    [InlineData("", false, "")]
    [InlineData($"{Blob}/moves?sv=2024&sig=s3cret%3D", true, $"{Blob}/moves")]
    [InlineData($"{Blob}?sv=2024&sig=s3cret/moves", true, Blob)]
    [InlineData("https://me:s3cret@account.blob.core.windows.net/moves", true, $"{Blob}/moves")]
    [InlineData("s3://key:s3cret@host:9000/bucket", true, "s3://host:9000/bucket")]
    public void A_token_or_a_password_in_a_URL_is_seen_and_taken_out(string folder, bool holds, string bare)
    {
        BackupDevices.HoldsSecret(folder).ShouldBe(holds);
        BackupDevices.WithoutSecret(folder).ShouldBe(bare);
    }

    [Theory]
    [InlineData("Backup:FolderOnOldSql", $"{Blob}/moves?sv=2024&sig=s3cret", "")]
    [InlineData("Backup:FolderOnNewSql", "", "https://me:s3cret@account.blob.core.windows.net/moves")]
    public async Task Folders_with_a_secret_are_refused_before_anything_is_asked_and_the_secret_is_not_repeated(string key, string onOld, string onNew)
    {
        var placing = new BackupPlacing(new BackupSettings { FolderOnOldSql = onOld, FolderOnNewSql = onNew }, _ => { });

        var refused = await Should.ThrowAsync<MoveFailure>(() => placing.PlaceAsync("Octopus.bak", "Server=nowhere.invalid", default));

        refused.Report.Cause.ShouldBe(FailureCause.Usage);
        refused.Report.What.ShouldContain(key);
        refused.Report.ToDo.ShouldContain(each => each.Contains("CREATE CREDENTIAL", StringComparison.Ordinal));
        string.Join('\n', [refused.Report.What, refused.Report.Why, .. refused.Report.ToDo]).ShouldNotContain("s3cret");
    }
}
