using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Tests.Sql;

public sealed class OptionComparisonTests
{
    private static readonly DatabaseOptions Old = new("FULL", 150, "SQL_Latin1_General_CP1_CI_AS", true, "ON", "CHECKSUM", false, false, true, true, false, "dba");

    [Fact]
    public void What_RESTORE_resets_is_told_and_does_not_count()
    {
        var now = Old with { Broker = false, Trustworthy = false, CompatibilityLevel = 160, Owner = "sa" };

        OptionComparison.Kept(Old, now).ShouldAllBe(each => each.IsEqual);
        OptionComparison.Reset(Old, now).Where(each => !each.IsEqual).Select(each => $"{each.Option} {each.Before} {each.Now}")
            .ShouldBe(["COMPATIBILITY_LEVEL 150 160", "ENABLE_BROKER ON OFF", "TRUSTWORTHY ON OFF"]);
    }

    [Fact]
    public void What_travels_in_the_backup_has_to_be_the_same()
    {
        OptionComparison.Kept(Old, Old with { ReadCommittedSnapshot = false, RecoveryModel = "SIMPLE" }).Where(each => !each.IsEqual)
            .Select(each => each.Option).ShouldBe(["RECOVERY", "READ_COMMITTED_SNAPSHOT"]);
    }
}
