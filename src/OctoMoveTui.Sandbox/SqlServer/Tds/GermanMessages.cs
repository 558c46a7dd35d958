using System.Text.RegularExpressions;

namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>
/// What a login whose language is German reads: numbers, states and names stay, the words change. Only the messages that a move is likely to
/// hear; the others stay English, as those of a server without the language pack do. Texts from memory.
/// </summary>
internal static partial class GermanMessages
{
    public static SqlMessage Of(SqlMessage message) => message with { Text = Translate(message.Number, message.Text) };

    private static string Translate(int number, string text) =>
        number switch
        {
            911 => UnknownDatabase().Replace(text, "Die Datenbank '$1' ist nicht vorhanden. Stellen Sie sicher, dass der Name richtig eingegeben wurde."),
            3013 => Terminating().Replace(text, "$1 wird fehlerbedingt beendet."),
            3014 => Processed().Replace(text, "$1 hat erfolgreich $2 Seiten in $3 Sekunden verarbeitet ($4 MB/s)."),
            3201 => CannotOpen().Replace(text, "Das Sicherungsmedium '$1' kann nicht geöffnet werden. Betriebssystemfehler $2."),
            3204 => "Der Sicherungs- oder Wiederherstellungsvorgang wurde abgebrochen.",
            3211 => Percent().Replace(text, "$1 Prozent verarbeitet."),
            3262 => Valid().Replace(text, "Der Sicherungssatz in der Datei $1 ist gültig."),
            18456 => LoginFailed().Replace(text, "Fehler bei der Anmeldung für den Benutzer '$1'."),
            _ => text,
        };

    [GeneratedRegex("^Database '(.*)' does not exist.*$")]
    private static partial Regex UnknownDatabase();

    [GeneratedRegex("^(.*) is terminating abnormally.$")]
    private static partial Regex Terminating();

    [GeneratedRegex(@"^(.*) successfully processed (\d+) pages in ([\d.]+) seconds \(([\d.]+) MB/sec\).$")]
    private static partial Regex Processed();

    [GeneratedRegex("^Cannot open backup device '(.*)'. Operating system error (.*).$")]
    private static partial Regex CannotOpen();

    [GeneratedRegex(@"^(\d+) percent processed.$")]
    private static partial Regex Percent();

    [GeneratedRegex(@"^The backup set on file (\d+) is valid.$")]
    private static partial Regex Valid();

    [GeneratedRegex("^Login failed for user '(.*)'.$")]
    private static partial Regex LoginFailed();
}
