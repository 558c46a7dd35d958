using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Sandbox.OctopusServer;
using OctoMoveTui.Sandbox.World;
using OctoMoveTui.Tests.SqlServer;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Octopus;

/// <summary>What proves a master key, in databases of every shape that is known or feared.</summary>
public sealed class KeyProofTests
{
    private static readonly byte[] Right = SHA256.HashData("the right key"u8)[..16];
    private static readonly byte[] Wrong = SHA256.HashData("another server's key"u8)[..16];

    private const string Texts = """
        CREATE TABLE dbo.Configuration (Id nvarchar(50) NOT NULL PRIMARY KEY, JSON nvarchar(max) NULL);
        CREATE TABLE dbo.VariableSet (Id nvarchar(150) NOT NULL PRIMARY KEY, JSON nvarchar(max) NULL);
        CREATE TABLE dbo.Account (Id nvarchar(50) NOT NULL PRIMARY KEY, JSON nvarchar(max) NULL);
        CREATE TABLE dbo.Feed (Id nvarchar(50) NOT NULL PRIMARY KEY, JSON nvarchar(max) NULL);
        CREATE TABLE dbo.Certificate (Id nvarchar(50) NOT NULL PRIMARY KEY, JSON nvarchar(max) NULL);
        """;

    [Fact, Proves("P1")]
    public async Task The_server_certificate_alone_does_not_do_where_three_values_can_be_had()
    {
        await using var database = await ADatabase.WithAsync(Texts);
        await database.AddAsync("Configuration", "certificate-global", Certificate(Right));
        await database.AddAsync("VariableSet", "variableset-1", Variables(Encrypted(Wrong, "one"), Encrypted(Wrong, "two"), Encrypted(Right, "three")));

        var failure = await database.RefusedAsync(Right);
        failure.Cause.ShouldBe(FailureCause.MasterKey);
        failure.Why.ShouldContain("opens the server certificate, but only 1 of 3 sensitive values");

        await database.AddAsync("Account", "Accounts-1", Variables(Encrypted(Right, "four"), Encrypted(Right, "five")));
        var proof = await database.ProveAsync(Right);
        proof.By.ShouldBe($"the server certificate {ServerCertificate.Thumbprint[..8]}… and 3 of 5 sensitive values");
        proof.Evidence.ShouldSatisfyAllConditions(
            each => each.Thumbprint.ShouldBe(ServerCertificate.Thumbprint), each => each.Fit.ShouldBe(3), each => each.Tried.ShouldBe(5), each => each.NotRead.ShouldBeEmpty());
    }

    [Fact, Proves("P1")]
    public async Task Where_the_database_has_fewer_values_the_certificate_proves_the_key_and_the_words_say_how_many_there_were()
    {
        await using var database = await ADatabase.WithAsync(Texts);
        await database.AddAsync("Configuration", "certificate-global", Certificate(Right));
        (await database.ProveAsync(Right)).By.ShouldBe($"the server certificate {ServerCertificate.Thumbprint[..8]}…");

        await database.AddAsync("VariableSet", "variableset-1", Variables(Encrypted(Right, "one")));
        (await database.ProveAsync(Right)).By.ShouldEndWith(" and the only sensitive value");
        (await database.RefusedAsync(Wrong)).Why.ShouldContain("certificate");
    }

    [Fact, Proves("P1")]
    public async Task Without_a_certificate_three_readable_values_prove_it_and_two_do_not()
    {
        await using var database = await ADatabase.WithAsync(Texts);
        await database.AddAsync("VariableSet", "variableset-1", Variables(Encrypted(Right, "one"), Encrypted(Right, "zwei: größer")));
        (await database.RefusedAsync(Right)).What.ShouldContain("can't be proven");

        await database.AddAsync("Feed", "Feeds-1", new JsonObject { ["Password"] = new JsonObject { ["Sensitive"] = Encrypted(Right, "three\nlines") } }.ToJsonString());
        var proof = await database.ProveAsync(Right);
        proof.By.ShouldBe("all 3 sensitive values");
        proof.Evidence.NotRead.ShouldHaveSingleItem().ShouldContain("no document certificate-global");
    }

    [Fact, Proves("P1")]
    public async Task What_decrypts_to_no_readable_text_is_no_proof()
    {
        await using var database = await ADatabase.WithAsync(Texts);
        var noise = Enumerable.Range(1, 4).Select(number => SensitiveValues.Encrypt(Right, [0xFF, 0xFE, (byte)number, 0x00], Iv($"noise {number}"))).ToArray();
        await database.AddAsync("VariableSet", "variableset-1", Variables(noise));

        (await database.RefusedAsync(Right)).Why.ShouldBe("0 of 4 sensitive values can be decrypted with it.");
    }

    [Fact]
    public async Task Where_variables_and_accounts_hold_nothing_feeds_targets_and_certificates_are_asked()
    {
        await using var database = await ADatabase.WithAsync(Texts);
        await database.AddAsync("Feed", "Feeds-1", Variables(Encrypted(Right, "one"), Encrypted(Right, "two")));
        // The library keeps a certificate's bytes under the same key, and those are no text.
        var pfx = SensitiveValues.Encrypt(Right, ServerCertificate.Pkcs12, Iv("library"));
        await database.AddAsync("Certificate", "Certificates-1", new JsonObject { ["CertificateData"] = pfx }.ToJsonString());

        (await database.ProveAsync(Right)).By.ShouldBe("all 3 sensitive values");
        (await database.RefusedAsync(Wrong)).Cause.ShouldBe(FailureCause.MasterKey);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Compressed_documents_are_read(bool utf16)
    {
        await using var database = await ADatabase.WithAsync("""
            CREATE TABLE dbo.Configuration (Id nvarchar(50) NOT NULL PRIMARY KEY, JSON nvarchar(max) NULL, JSONBlob varbinary(max) NULL);
            CREATE TABLE dbo.VariableSet (Id nvarchar(150) NOT NULL PRIMARY KEY, JSONBlob varbinary(max) NULL);
            """);
        await database.AddPackedAsync("Configuration", "certificate-global", Packed(Certificate(Right), utf16));
        await database.AddPackedAsync("VariableSet", "variableset-1", Packed(Variables(Encrypted(Right, "one"), Encrypted(Right, "two"), Encrypted(Right, "three")), utf16));

        (await database.ProveAsync(Right)).By.ShouldBe($"the server certificate {ServerCertificate.Thumbprint[..8]}… and all 3 sensitive values");
        (await database.RefusedAsync(Wrong)).Why.ShouldContain("certificate");
    }

    [Fact]
    public async Task A_compression_that_is_not_known_is_told_and_never_taken_for_a_wrong_key()
    {
        await using var database = await ADatabase.WithAsync("""
            CREATE TABLE dbo.Configuration (Id nvarchar(50) NOT NULL PRIMARY KEY, JSON nvarchar(max) NULL);
            CREATE TABLE dbo.VariableSet (Id nvarchar(150) NOT NULL PRIMARY KEY, JSONBlob varbinary(max) NULL);
            """);
        await database.AddAsync("Configuration", "certificate-global", Certificate(Right));
        await database.AddPackedAsync("VariableSet", "variableset-1", "zstd, perhaps"u8.ToArray());

        var proof = await database.ProveAsync(Right);
        proof.Evidence.Tried.ShouldBe(0);
        proof.Evidence.NotRead.ShouldHaveSingleItem().ShouldBe("1 document of dbo.VariableSet is empty or compressed in a way that octomove doesn't know (JSONBlob), and could not be used.");
    }

    [Fact]
    public async Task Missing_tables_and_columns_are_told_in_words()
    {
        await using var database = await ADatabase.WithAsync("CREATE TABLE dbo.Configuration (Id nvarchar(50) NOT NULL PRIMARY KEY, Document nvarchar(max) NULL);");

        var failure = await database.RefusedAsync(Right);
        failure.What.ShouldContain("can't be proven");
        failure.Why.ShouldBe("dbo.Configuration has no column with documents (neither JSON nor JSONBlob).");
    }

    private static string Encrypted(byte[] key, string plain) => SensitiveValues.Encrypt(key, plain, Iv(plain));

    private static byte[] Iv(string of) => SHA256.HashData(Encoding.UTF8.GetBytes(of))[..16];

    private static string Certificate(byte[] key) => new JsonObject
    {
        ["Thumbprint"] = ServerCertificate.Thumbprint,
        ["CertificateData"] = SensitiveValues.Encrypt(key, ServerCertificate.Pkcs12, Iv("certificate")),
    }.ToJsonString();

    private static string Variables(params string[] values) => new JsonObject
    {
        ["Variables"] = new JsonArray([.. values.Select(JsonNode? (each) => new JsonObject { ["Type"] = "Sensitive", ["Value"] = each })]),
    }.ToJsonString();

    private static byte[] Packed(string text, bool utf16)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write((utf16 ? new UnicodeEncoding(false, false) : (Encoding)new UTF8Encoding(false)).GetBytes(text));
        return packed.ToArray();
    }

    private sealed class ADatabase(ASqlServer server) : IAsyncDisposable
    {
        public static async Task<ADatabase> WithAsync(string tables)
        {
            var server = await ASqlServer.WithDatabaseAsync();
            await using var connection = await server.OpenAsync("Octopus");
            await connection.ExecuteAsync(tables);
            return new ADatabase(server);
        }

        public async Task AddAsync(string table, string id, string json)
        {
            await using var connection = await server.OpenAsync("Octopus");
            await connection.ExecuteAsync($"INSERT INTO dbo.{table} (Id, JSON) VALUES (@id, @json);", ("@id", id), ("@json", json));
        }

        public async Task AddPackedAsync(string table, string id, byte[] packed)
        {
            await using var connection = await server.OpenAsync("Octopus");
            await connection.ExecuteAsync($"INSERT INTO dbo.{table} (Id, JSONBlob) VALUES (@id, @packed);", ("@id", id), ("@packed", packed));
        }

        public async Task<ProvenKey> ProveAsync(byte[] key)
        {
            await using var session = await new Engine.Sql.SqlServer(server.ConnectionString("Octopus"), _ => { }, () => { }).OpenAsync("Octopus", default);
            return await KeyProof.ProveAsync(MasterKey.Parse(Convert.ToBase64String(key)), session, default);
        }

        public async Task<FailureReport> RefusedAsync(byte[] key) => (await Should.ThrowAsync<MoveFailure>(() => ProveAsync(key))).Report;

        public ValueTask DisposeAsync() => server.DisposeAsync();
    }
}
