using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.SqlClient;

namespace OctoMoveTui.Tests.Contract;

/// <summary>One ERROR token as it came: number, state and class (severity).</summary>
internal sealed record RecordedError(int Number, byte State, byte Class);

/// <summary>
/// What a server answered: the columns of each question, as "name type", and the errors of each provocation, in order. No names of servers,
/// logins or paths, so that it can be committed.
/// </summary>
internal sealed class ContractRecord
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required string ProductVersion { get; init; }
    public required string Edition { get; init; }
    public required int EngineEdition { get; init; }

    /// <summary>"Windows" or "Linux".</summary>
    public required string Platform { get; init; }

    /// <summary>False: this is what the sandbox's pretend server said.</summary>
    public required bool IsRealServer { get; init; }

    public SortedDictionary<string, IReadOnlyList<string>> Questions { get; init; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, IReadOnlyList<RecordedError>> Errors { get; init; } = new(StringComparer.Ordinal);

    [JsonIgnore]
    public int Major => int.Parse(ProductVersion.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The name of the file that holds it.</summary>
    [JsonIgnore]
    public string FileName => $"sql-contract-{Major}.json";

    public static ContractRecord Read(string path) => JsonSerializer.Deserialize<ContractRecord>(File.ReadAllText(path), Json)!;

    public void Write(string folder) => File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>The columns of a result: what the driver calls their types, with lengths and precision.</summary>
    public static async Task<IReadOnlyList<string>> ColumnsAsync(SqlDataReader reader) =>
        [.. (await reader.GetColumnSchemaAsync()).Select(each => $"{each.ColumnName} {TypeOf(each)}")];

    /// <summary>The errors of a failure; messages that came among them are none.</summary>
    public static IReadOnlyList<RecordedError> ErrorsOf(SqlException failure) =>
        [.. failure.Errors.Cast<SqlError>().Where(each => each.Class > 10).Select(each => new RecordedError(each.Number, each.State, each.Class))];

    /// <summary>How another server's answers differ from these, one line each; what only one of them was asked isn't compared.</summary>
    public IEnumerable<string> DifferencesFrom(ContractRecord other)
    {
        foreach (var (question, columns) in Questions)
        {
            if (other.Questions.TryGetValue(question, out var theirs) && !columns.SequenceEqual(theirs))
            {
                yield return $"{question}: {string.Join(", ", columns.Except(theirs))} here, {string.Join(", ", theirs.Except(columns))} there";
            }
        }
        foreach (var (provocation, errors) in Errors)
        {
            if (other.Errors.TryGetValue(provocation, out var theirs) && !errors.SequenceEqual(theirs))
            {
                yield return $"{provocation}: {Say(errors)} here, {Say(theirs)} there";
            }
        }
    }

    private static string Say(IEnumerable<RecordedError> errors) => string.Join(" ", errors.Select(each => $"{each.Number} state {each.State} class {each.Class}"));

    private static string TypeOf(System.Data.Common.DbColumn column) =>
        column.DataTypeName switch
        {
            "decimal" or "numeric" => $"decimal({column.NumericPrecision},{column.NumericScale})",
            "char" or "nchar" or "varchar" or "nvarchar" or "binary" or "varbinary" => column.ColumnSize == int.MaxValue
                ? $"{column.DataTypeName}(max)"
                : $"{column.DataTypeName}({column.ColumnSize})",
            var name => name ?? "?",
        };
}
