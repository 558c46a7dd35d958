using Microsoft.Data.SqlClient;

namespace OctoMoveTui.Tests.SqlServer;

/// <summary>A server that speaks German: numbers, states and classes stay.</summary>
public sealed class LanguageTests
{
    [Fact]
    public async Task A_German_server_says_the_same_in_German()
    {
        await using var server = await ASqlServer.StartAsync(options => options with { Language = "Deutsch" });
        await server.Double.CreateDatabaseAsync("Octopus", "sa", []);
        await using var connection = await server.OpenAsync();
        var said = new List<string>();
        connection.InfoMessage += (_, args) => said.AddRange(args.Errors.Cast<SqlError>().Where(error => error.Number is 3211 or 3014).Select(error => error.Message));

        var failure = await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = '/nirgends/o.bak'");
        await connection.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = 'o.bak' WITH FORMAT, STATS = 50");

        failure.Numbers().ShouldBe([3201, 3013]);
        failure.Errors[0].Message.ShouldStartWith("Das Sicherungsmedium '/nirgends/o.bak' kann nicht geöffnet werden. Betriebssystemfehler ");
        failure.Errors[^1].Message.ShouldBe("BACKUP DATABASE wird fehlerbedingt beendet.");
        said.Take(2).ShouldBe(["50 Prozent verarbeitet.", "100 Prozent verarbeitet."]);
        said[2].ShouldStartWith("BACKUP DATABASE hat erfolgreich ");
        var refused = await Should.ThrowAsync<SqlException>(() => server.OpenAsync(with: builder => builder.Password = "falsch"));
        (refused.Number, refused.Errors[0].Message).ShouldBe((18456, "Fehler bei der Anmeldung für den Benutzer 'sa'."));
        (await connection.ScalarAsync("SELECT @@LANGUAGE")).ShouldBe("Deutsch");
    }

    [Fact]
    public async Task The_language_is_the_sessions_own()
    {
        await using var server = await ASqlServer.StartAsync();
        await using var connection = await server.OpenAsync();

        (await connection.FailureAsync("SELECT x FROM nirgends")).Message.ShouldBe("Invalid object name 'nirgends'.");
        await connection.ExecuteAsync("SET LANGUAGE German");
        (await connection.FailureAsync("SELECT x FROM nirgends")).Message.ShouldBe("Ungültiger Objektname 'nirgends'.");
        await connection.ExecuteAsync("SET LANGUAGE us_english");
        (await connection.FailureAsync("SELECT x FROM nirgends")).Message.ShouldBe("Invalid object name 'nirgends'.");
        (await connection.FailureAsync("SET LANGUAGE Klingon")).Numbers().ShouldBe([2740]);
    }

    [Fact]
    public async Task A_client_can_ask_for_its_language_when_it_logs_in()
    {
        await using var server = await ASqlServer.StartAsync();
        await using var connection = await server.OpenAsync(with: builder => builder.CurrentLanguage = "Deutsch");
        (await connection.FailureAsync("SELECT x FROM nirgends")).Message.ShouldBe("Ungültiger Objektname 'nirgends'.");
    }
}
