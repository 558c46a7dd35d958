using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Tui.Models;

/// <summary>
/// A connection string while it is being typed: the raw string and its fields are two views of one thing, and the password is kept apart so
/// that neither view shows it.
/// </summary>
internal sealed class ConnectionStringDraft
{
    private string raw = "";

    public ConnectionStringDraft(string current) => Raw = current;

    /// <summary>The string without its password; a password that is pasted into it moves to <see cref="Password"/>.</summary>
    public string Raw
    {
        get => raw;
        set
        {
            if (!TryParse(value, out var builder))
            {
                raw = value;
                return;
            }

            if (builder.Password.Length > 0)
            {
                Password = builder.Password;
                builder.Remove("Password");
                raw = builder.ConnectionString;
                return;
            }

            raw = value;
        }
    }

    /// <summary>The password, or empty to keep the one the engine knows.</summary>
    public string Password { get; set; } = "";

    /// <summary>Why the raw string can't be read, or null.</summary>
    public string? Problem
    {
        get
        {
            try
            {
                ConnectionStrings.Parse(raw);
                return null;
            }
            catch (MoveFailure failure)
            {
                return $"{failure.Report.What} {failure.Report.Why}".Trim();
            }
        }
    }

    public string Server { get => Field(b => b.DataSource); set => Change(b => b.DataSource = value); }

    public string Database { get => Field(b => b.InitialCatalog); set => Change(b => b.InitialCatalog = value); }

    /// <summary>The login; empty means Windows authentication.</summary>
    public string Login
    {
        get => Field(b => b.UserID);
        set => Change(b =>
        {
            if (value.Length == 0)
            {
                b.Remove("User ID");
                b.IntegratedSecurity = true;
            }
            else
            {
                b.Remove("Integrated Security");
                b.UserID = value;
            }
        });
    }

    public EncryptChoice Encrypt
    {
        get => TryParse(raw, out var b)
            ? b.Encrypt == SqlConnectionEncryptOption.Strict ? EncryptChoice.Strict
            : b.Encrypt == SqlConnectionEncryptOption.Optional ? EncryptChoice.Optional
            : EncryptChoice.Mandatory
            : EncryptChoice.Mandatory;
        set => Change(b => b.Encrypt = value switch
        {
            EncryptChoice.Strict => SqlConnectionEncryptOption.Strict,
            EncryptChoice.Optional => SqlConnectionEncryptOption.Optional,
            _ => SqlConnectionEncryptOption.Mandatory,
        });
    }

    public bool TrustServerCertificate
    {
        get => TryParse(raw, out var b) && b.TrustServerCertificate;
        set => Change(b => b.TrustServerCertificate = value);
    }

    /// <summary>True when a text has a password in it, or will have one in a moment.</summary>
    public static bool MentionsPassword(string text) =>
        text.Contains("password", StringComparison.OrdinalIgnoreCase) || text.Contains("pwd", StringComparison.OrdinalIgnoreCase);

    /// <summary>The whole string, for the engine only.</summary>
    public string WithPassword()
    {
        if (Password.Length == 0 || !TryParse(raw, out var builder))
        {
            return raw;
        }

        builder.Password = Password;
        return builder.ConnectionString;
    }

    private string Field(Func<SqlConnectionStringBuilder, string> read) => TryParse(raw, out var builder) ? read(builder) : "";

    private void Change(Action<SqlConnectionStringBuilder> change)
    {
        if (TryParse(raw, out var builder))
        {
            change(builder);
            raw = builder.ConnectionString;
        }
    }

    private static bool TryParse(string text, out SqlConnectionStringBuilder builder)
    {
        builder = [];
        try
        {
            builder = ConnectionStrings.Parse(text);
            return true;
        }
        catch (MoveFailure)
        {
            return false;
        }
    }
}

/// <summary>Whether the connection is encrypted.</summary>
internal enum EncryptChoice
{
    /// <summary>Encrypted, the certificate checked.</summary>
    Mandatory,

    /// <summary>Encrypted from the first byte (TDS 8): SQL Server 2022 and later.</summary>
    Strict,

    /// <summary>Only the login packet is encrypted, unless the server demands more.</summary>
    Optional,
}
