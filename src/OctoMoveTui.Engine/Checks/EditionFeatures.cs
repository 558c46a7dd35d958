using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>
/// Q3. What is in the database that not every edition has. Since 2016 SP1 most is in all of them; what Express lacks still (change capture and
/// encryption), and Standard before 2019 (encryption), ends the restore with error 909.
/// </summary>
public sealed class EditionFeatures() : SqlCheck("Q3b", SqlCheckWords.EditionFeatures, Side.Old, Side.New)
{
    private const string ChangeCapture = "ChangeCapture";
    private const string Encryption = "TransparentDataEncryption";
    private const int Sql2019 = 15;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server", "list-edition-features"];

    /// <inheritdoc/>
    public override SqlRight Needs => SqlRight.ViewDatabaseState;

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        if (sql.Side == Side.Old)
        {
            var features = await sql.AskInAsync(sql.Database, "list-edition-features", row => row.Text("feature_name"));
            sql.Scene.Keep(found => found with { EditionFeatures = features });
            return CheckResult.Pass(features.Count == 0 ? SqlCheckSentences.NoFeatures : SqlCheckSentences.UsesFeatures(features));
        }

        var used = sql.Old(old => old.EditionFeatures, "what needs a higher edition");
        var server = await sql.ServerAsync();
        var lacking = used.Where(each => Lacks(server, each)).ToList();
        if (lacking.Count > 0)
            return CheckResult.Fail(SqlCheckSentences.EditionLacks(lacking, server.Facts.Edition), SqlCheckSentences.HigherEdition);
        var isLower = server.Facts.EngineEdition != 3 && sql.Old(old => old.EngineEdition, "its edition") == 3;
        return used.Count > 0 && isLower
            ? CheckResult.Warn(SqlCheckSentences.EditionMayLack(used, server.Facts.Edition), SqlCheckSentences.HigherEdition)
            : CheckResult.Pass(used.Count == 0 ? SqlCheckSentences.NoFeatures : SqlCheckSentences.UsesFeatures(used));
    }

    private static bool Lacks(CheckedServer server, string feature) =>
        (server.IsExpress && (feature is ChangeCapture or Encryption))
        || (server.Facts is { EngineEdition: 2, Major: < Sql2019 } && feature == Encryption);
}
