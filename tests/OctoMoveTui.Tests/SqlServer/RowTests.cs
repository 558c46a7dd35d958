using System.Data;
using Microsoft.Data.SqlClient;

namespace OctoMoveTui.Tests.SqlServer;

public sealed class RowTests
{
    private const string CreateMachine = """
        CREATE TABLE dbo.Machine (
            Id nvarchar(50) NOT NULL CONSTRAINT PK_Machine PRIMARY KEY,
            Name nvarchar(200) NOT NULL,
            IsDisabled bit NOT NULL DEFAULT (0),
            JSON nvarchar(max) NULL,
            Added datetimeoffset(7) NOT NULL DEFAULT (SYSDATETIMEOFFSET()))
        """;

    [Fact]
    public async Task Rows_that_were_inserted_are_selected_with_their_declared_types()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync("Octopus");
        await connection.ExecuteAsync(CreateMachine);

        (await connection.ExecuteAsync("INSERT INTO dbo.Machine (Id, Name, JSON) VALUES (@id, @name, @json), ('Machines-2', N'Zwei', NULL)",
            ("@id", "Machines-1"), ("@name", "Ein Ünicode"), ("@json", """{"a":{"b":[1,"x"]},"on":true}"""))).ShouldBe(2);

        var row = (await connection.RowsAsync("SELECT *, JSON_VALUE(JSON, '$.a.b[1]') x, JSON_VALUE(JSON, '$.on') y FROM Machine WHERE name LIKE N'ein%'")).ShouldHaveSingleItem();
        row["Id"].ShouldBe("Machines-1");
        row["Name"].ShouldBe("Ein Ünicode");
        row["IsDisabled"].ShouldBe(false);
        row["Added"].ShouldBeOfType<DateTimeOffset>();
        row["x"].ShouldBe("x");
        row["y"].ShouldBe("true");
    }

    [Fact]
    public async Task Updates_and_deletes_count_the_rows_they_touch()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync("Octopus", "octopus");
        await connection.ExecuteAsync(CreateMachine + "; INSERT Machine (Id, Name) SELECT 'Machines-1', N'a' UNION ALL SELECT 'Machines-2', 'b' UNION ALL SELECT N'Machines-3', 'c'");

        (await connection.ExecuteAsync("UPDATE Machine SET Name = UPPER(Name) + N'!', IsDisabled = 1 WHERE Id IN (@one, @two)", ("@one", "machines-1"), ("@two", "MACHINES-2"))).ShouldBe(2);
        (await connection.ScalarAsync("SELECT STRING_AGG(Name, ',') WITHIN GROUP (ORDER BY Id) FROM Machine")).ShouldBe("A!,B!,c");
        (await connection.ExecuteAsync("UPDATE m SET m.Name = o.Name FROM Machine m JOIN Machine o ON o.Id = 'Machines-3' WHERE m.IsDisabled = 1")).ShouldBe(2);
        (await connection.ScalarAsync("SELECT COUNT(*) FROM Machine WHERE Name = 'C'")).ShouldBe(3);
        (await connection.ExecuteAsync("DELETE FROM Machine WHERE IsDisabled = @disabled", ("@disabled", true))).ShouldBe(2);
        (await connection.ExecuteAsync("DELETE TOP (1) FROM Machine")).ShouldBe(1);
    }

    public static TheoryData<SqlDbType, object, object> Values => new()
    {
        { SqlDbType.Bit, true, true },
        { SqlDbType.TinyInt, (byte)200, (byte)200 },
        { SqlDbType.SmallInt, (short)-3, (short)-3 },
        { SqlDbType.Int, int.MinValue, int.MinValue },
        { SqlDbType.BigInt, long.MaxValue, long.MaxValue },
        { SqlDbType.Real, 1.5f, 1.5f },
        { SqlDbType.Float, -2.25, -2.25 },
        { SqlDbType.Decimal, -12345678901234567.89m, -12345678901234567.89m },
        { SqlDbType.Money, 922337203685.4775m, 922337203685.4775m },
        { SqlDbType.UniqueIdentifier, Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e") },
        { SqlDbType.DateTime, new DateTime(2026, 2, 28, 23, 59, 59, 997), new DateTime(2026, 2, 28, 23, 59, 59, 997) },
        { SqlDbType.DateTime2, new DateTime(2026, 2, 28, 1, 2, 3).AddTicks(1234567), new DateTime(2026, 2, 28, 1, 2, 3).AddTicks(1234567) },
        { SqlDbType.SmallDateTime, new DateTime(2026, 2, 28, 1, 2, 0), new DateTime(2026, 2, 28, 1, 2, 0) },
        { SqlDbType.Date, new DateTime(2026, 2, 28), new DateTime(2026, 2, 28) },
        { SqlDbType.Time, new TimeSpan(0, 23, 59, 59, 999), new TimeSpan(0, 23, 59, 59, 999) },
        { SqlDbType.DateTimeOffset, new DateTimeOffset(2026, 2, 28, 23, 30, 0, TimeSpan.FromHours(-5.5)), new DateTimeOffset(2026, 2, 28, 23, 30, 0, TimeSpan.FromHours(-5.5)) },
        { SqlDbType.NVarChar, "Grüße, 世界 🚀", "Grüße, 世界 🚀" },
        { SqlDbType.VarChar, "Grüße €", "Grüße €" },
        { SqlDbType.NChar, "abc", "abc" },
        { SqlDbType.VarBinary, new byte[] { 0, 1, 255 }, new byte[] { 0, 1, 255 } },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Every_type_survives_the_way_as_a_parameter_into_a_column_and_back(SqlDbType type, object value, object expected)
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync("Octopus");
        var declared = type switch
        {
            SqlDbType.Decimal => "decimal(19,2)",
            SqlDbType.NVarChar or SqlDbType.VarChar or SqlDbType.VarBinary => $"{type}(100)",
            SqlDbType.NChar => "nchar(3)",
            _ => type.ToString(),
        };
        await connection.ExecuteAsync($"CREATE TABLE t (id int IDENTITY(1,1) PRIMARY KEY, v {declared} NOT NULL, n {declared} NULL)");
        await using var insert = connection.Command("INSERT INTO t (v, n) OUTPUT inserted.v VALUES (@v, @n)");
        insert.Parameters.Add(new SqlParameter("@v", type) { Value = value });
        insert.Parameters.Add(new SqlParameter("@n", type) { Value = DBNull.Value });

        (await insert.ExecuteScalarAsync()).ShouldBe(expected);

        await using var select = connection.Command("SELECT v, n, @same AS same FROM t WHERE v = @same");
        select.Parameters.Add(new SqlParameter("@same", type) { Value = value });
        await using var reader = await select.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        reader.GetValue(0).ShouldBe(expected);
        (await reader.IsDBNullAsync(1)).ShouldBeTrue();
        reader.GetValue(2).ShouldBe(expected);
    }

    [Theory]
    [InlineData(3_999)]
    [InlineData(4_000)]
    [InlineData(4_001)]
    [InlineData(100_000)]
    public async Task Values_longer_than_a_packet_arrive_whole(int length)
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync("Octopus", with: each => each.PacketSize = 512);
        await connection.ExecuteAsync("CREATE TABLE t (id int PRIMARY KEY, text nvarchar(max), bytes varbinary(max))");
        var text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + i % 26)));
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);

        for (var i = 0; i < 3; i++)
        {
            await connection.ExecuteAsync("INSERT t VALUES (@i, @t, @b)", ("@i", i), ("@t", text), ("@b", bytes));
        }

        var rows = await connection.RowsAsync("SELECT text, bytes, LEN(text) AS n FROM t ORDER BY id");
        rows.Count.ShouldBe(3);
        rows.ShouldAllBe(row => (string)row["text"]! == text && ((byte[])row["bytes"]!).SequenceEqual(bytes) && (int)row["n"]! == length);
    }

    [Fact]
    public async Task Joins_groups_and_pages_come_out_as_SQL_Server_would_have_them()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync("Octopus");
        await connection.ExecuteAsync("""
            CREATE TABLE Space (Id nvarchar(50) PRIMARY KEY, Name nvarchar(50) NOT NULL);
            CREATE TABLE Task (Id int IDENTITY PRIMARY KEY, SpaceId nvarchar(50) NULL, State nvarchar(20) NOT NULL, Seconds int NOT NULL);
            INSERT Space VALUES ('Spaces-1', 'Default'), ('Spaces-2', 'Other');
            INSERT Task (SpaceId, State, Seconds) VALUES ('Spaces-1','Success',3), ('Spaces-1','Failed',4), ('spaces-1','success',7), (NULL,'Success',1);
            """);

        var groups = await connection.RowsAsync("""
            SELECT s.Name, COUNT(t.Id) AS tasks, SUM(t.Seconds) AS seconds, AVG(t.Seconds) AS average, MAX(t.State) AS last
            FROM Space s LEFT JOIN Task t ON t.SpaceId = s.Id GROUP BY s.Name HAVING COUNT_BIG(*) > 0 ORDER BY s.Name DESC
            """);
        groups[0].ShouldBe(new Dictionary<string, object?> { ["Name"] = "Other", ["tasks"] = 0, ["seconds"] = null, ["average"] = null, ["last"] = null }, ignoreOrder: true);
        groups[1].ShouldBe(new Dictionary<string, object?> { ["Name"] = "Default", ["tasks"] = 3, ["seconds"] = 14, ["average"] = 4, ["last"] = "Success" }, ignoreOrder: true);

        var page = await connection.RowsAsync("""
            WITH t AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY State ORDER BY Id DESC) AS n FROM Task)
            SELECT Id, n, CASE WHEN Seconds > 3 THEN 'long' ELSE N'short' END AS kind, Seconds / 2 AS half FROM t ORDER BY Id OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY
            """);
        page.Select(row => (row["Id"], row["n"], row["kind"], row["half"])).ShouldBe([(2, 1L, "long", 2), (3, 2L, "long", 3)]);
        (await connection.ScalarAsync("SELECT COUNT(DISTINCT State) FROM Task")).ShouldBe(2);
        (await connection.ScalarAsync("SELECT Name FROM Space WHERE NOT EXISTS (SELECT 1 FROM Task WHERE Task.SpaceId = Space.Id)")).ShouldBe("Other");
        (await connection.FailureAsync("SELECT SpaceId, State, COUNT(*) FROM Task GROUP BY SpaceId")).Number.ShouldBe(8120);
        (await connection.FailureAsync("SELECT (SELECT Id FROM Task) AS x")).Number.ShouldBe(512);
    }

    [Theory]
    [InlineData("INSERT t (id) VALUES (1)", 515)]
    [InlineData("INSERT t (name) VALUES ('x')", 515)]
    [InlineData("SELECT SUM(x) FROM (VALUES (2147483647), (1)) AS v (x)", 8115)]
    [InlineData("INSERT t (id, name) VALUES (1, 'x'), (1, 'y')", 2627)]
    [InlineData("INSERT t (id, name) VALUES (1, 'longer than ten')", 2628)]
    [InlineData("INSERT t (id, name) VALUES ('one', 'x')", 245)]
    [InlineData("INSERT t (id, name) VALUES (1)", 109)]
    [InlineData("INSERT t (id, nam) VALUES (1, 'x')", 207)]
    [InlineData("INSERT u (id) VALUES (1)", 208)]
    [InlineData("SELECT 1 / 0", 8134)]
    [InlineData("SELECT x FROM t", 207)]
    [InlineData("SELECT t2.id FROM t", 4104)]
    [InlineData("SELECT FORMAT(1, 'x')", 195)]
    [InlineData("SELEC 1", 2812)]
    [InlineData("SELECT * FROM", 102)]
    [InlineData("EXEC sp_who2", 2812)]
    [InlineData("EXEC xp_cmdshell 'dir'", 2812)]
    [InlineData("MERGE t USING t AS s ON 1=1 WHEN MATCHED THEN DELETE;", 40515)]
    [InlineData("CREATE VIEW v AS SELECT 1 AS a", 40515)]
    [InlineData("SELECT * FROM sys.dm_os_wait_stats", 208)]
    [InlineData("SELECT nme FROM sys.databases", 207)]
    [InlineData("SELECT @nowhere", 137)]
    public async Task What_SQL_Server_refuses_or_the_double_does_not_know_is_an_error_with_its_number(string sql, int number)
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync("Octopus");
        await connection.ExecuteAsync("CREATE TABLE t (id int NOT NULL PRIMARY KEY, name nvarchar(10) NOT NULL)");

        (await connection.FailureAsync(sql)).Number.ShouldBe(number);
        (await connection.ScalarAsync("SELECT COUNT(*) FROM t")).ShouldBe(0);
    }

    [Fact]
    public async Task A_transaction_is_seen_by_others_only_when_it_is_committed()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var one = await server.OpenAsync("Octopus");
        await using var other = await server.OpenAsync("Octopus");
        await one.ExecuteAsync("CREATE TABLE t (id int PRIMARY KEY)");

        await using (var transaction = (SqlTransaction)await one.BeginTransactionAsync())
        {
            await using var insert = new SqlCommand("INSERT t VALUES (1); SELECT COUNT(*) FROM t", one, transaction);
            (await insert.ExecuteScalarAsync()).ShouldBe(1);
            (await other.ScalarAsync("SELECT COUNT(*) FROM t")).ShouldBe(0);
            (await other.FailureAsync("SET LOCK_TIMEOUT 10; INSERT t VALUES (2)")).Number.ShouldBe(1222);
            await transaction.RollbackAsync();
        }
        (await one.ScalarAsync("SELECT COUNT(*) FROM t")).ShouldBe(0);
        await one.ExecuteAsync("BEGIN TRAN; INSERT t VALUES (3); COMMIT");
        (await other.ScalarAsync("SELECT COUNT(*) FROM t")).ShouldBe(1);
    }

    [Fact]
    public async Task Many_pooled_connections_may_write_at_once()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        var pooled = server.ConnectionString("Octopus", "octopus", with: each => { each.Pooling = true; each.MaxPoolSize = 8; });
        await using (var first = new SqlConnection(pooled))
        {
            await first.OpenAsync();
            await first.ExecuteAsync("CREATE TABLE t (id int IDENTITY PRIMARY KEY, worker int NOT NULL, n int NOT NULL)");
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, 8), async (worker, _) =>
        {
            for (var n = 0; n < 20; n++)
            {
                await using var connection = new SqlConnection(pooled);
                await connection.OpenAsync(CancellationToken.None);
                await connection.ExecuteAsync("INSERT t (worker, n) VALUES (@w, @n)", ("@w", worker), ("@n", n));
            }
        });

        await using var last = new SqlConnection(pooled);
        await last.OpenAsync();
        (await last.ScalarAsync("SELECT COUNT(DISTINCT id) FROM t")).ShouldBe(160);
        SqlConnection.ClearPool(last);
    }
}
