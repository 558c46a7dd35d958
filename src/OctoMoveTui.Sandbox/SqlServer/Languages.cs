using System.Text.RegularExpressions;

namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>The languages that the server can speak: numbers stay, words change. Messages whose German words are not known here stay English, as untranslated ones do.</summary>
internal static class Languages
{
    public const string English = "us_english",
        German = "Deutsch";

    // The words of SQL Server's own sys.messages (1033 and 1031), from memory.
    private static readonly Dictionary<int, (Regex From, string To)> InGerman = new()
    {
        [207] = (Of("Invalid column name '(.*)'."), "Ungültiger Spaltenname '$1'."),
        [208] = (Of("Invalid object name '(.*)'."), "Ungültiger Objektname '$1'."),
        [229] = (Of("The (.*) permission was denied on the object '(.*)', database '(.*)', schema '(.*)'."), "Die $1-Berechtigung wurde für das $2-Objekt, $3-Datenbank, $4-Schema, verweigert."),
        [262] = (Of("(.*) permission denied in database '(.*)'."), "Die $1-Berechtigung wurde in der $2-Datenbank verweigert."),
        [911] = (Of("Database '(.*)' does not exist. .*"), "Die Datenbank '$1' ist nicht vorhanden. Stellen Sie sicher, dass der Name richtig eingegeben wurde."),
        [3013] = (Of("(.*) is terminating abnormally."), "$1 wird fehlerbedingt beendet."),
        [3014] = (Of("(.*) successfully processed (.*) pages in (.*) seconds \\((.*) MB/sec\\)."), "$1 hat erfolgreich $2 Seiten in $3 Sekunden verarbeitet ($4 MB/s)."),
        [3201] = (Of("Cannot open backup device '(.*)'. Operating system error (.*)"), "Das Sicherungsmedium '$1' kann nicht geöffnet werden. Betriebssystemfehler $2"),
        [3204] = (Of("The backup or restore was aborted."), "Die Sicherung oder Wiederherstellung wurde abgebrochen."),
        [3211] = (Of("(.*) percent processed."), "$1 Prozent verarbeitet."),
        [3262] = (Of("The backup set on file (.*) is valid."), "Der Sicherungssatz in Datei $1 ist gültig."),
        [4035] = (Of("Processed (.*) pages for database '(.*)', file '(.*)' on file (.*)."), "$1 Seiten wurden für die Datenbank '$2', Datei '$3' für Datei $4, verarbeitet."),
        [4060] = (Of("Cannot open database \"(.*)\" requested by the login. The login failed."), "Die von der Anmeldung angeforderte $1-Datenbank kann nicht geöffnet werden. Fehler bei der Anmeldung."),
        [5701] = (Of("Changed database context to '(.*)'."), "Der Datenbankkontext wurde auf '$1' geändert."),
        [18456] = (Of("Login failed for user '(.*)'."), "Fehler bei der Anmeldung für den Benutzer '$1'."),
    };

    /// <summary>The official name of a language or alias; null: there is no such language.</summary>
    public static string? Find(string name) =>
        name.ToLowerInvariant() switch
        {
            "us_english" or "english" => English,
            "deutsch" or "german" => German,
            _ => null,
        };

    public static SqlMessage Say(string language, SqlMessage message) =>
        language == German && InGerman.TryGetValue(message.Number, out var words)
            ? message with { Text = words.From.Replace(message.Text, words.To) }
            : message;

    private static Regex Of(string pattern) => new($"^{pattern.TrimEnd('.').Replace("'", "['\"]", StringComparison.Ordinal)}\\.?$", RegexOptions.CultureInvariant | RegexOptions.Singleline);
}
