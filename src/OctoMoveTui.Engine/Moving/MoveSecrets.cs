using System.Collections.Concurrent;

namespace OctoMoveTui.Engine.Moving;

/// <summary>The secrets of a move, in memory only: given by the environment, found on the old server, or asked for when first needed.</summary>
public sealed class MoveSecrets
{
    private readonly ConcurrentDictionary<SecretKind, Secret> secrets = new();
    private readonly Redactor redactor;
    private readonly IReadOnlySet<SecretKind> fromEnvironment;

    /// <summary>Takes over what the environment gave.</summary>
    public MoveSecrets(MoveSettings settings, Redactor redactor)
    {
        this.redactor = redactor;
        Remember(SecretKind.ApiKey, settings.ApiKey);
        Remember(SecretKind.MasterKey, settings.MasterKey);
        Remember(SecretKind.OldSqlPassword, settings.Old.Password);
        Remember(SecretKind.NewSqlPassword, settings.New.Password);
        Remember(SecretKind.NewAdminPassword, settings.New.AdminPassword);
        Remember(SecretKind.KeyFilePassphrase, settings.KeyFilePassphrase);
        Remember(SecretKind.ServicePassword, settings.New.ServicePassword);
        if (settings.WithoutApiKey && settings.ApiKey is not { Length: > 0 })
            IsWithoutApiKey = true;
        fromEnvironment = secrets.Keys.ToHashSet();
    }

    /// <summary>The secret, if the environment gave it.</summary>
    public Secret? FromEnvironment(SecretKind kind) => fromEnvironment.Contains(kind) ? Find(kind) : null;

    /// <summary>The secret, if it is known.</summary>
    public Secret? Find(SecretKind kind) => secrets.GetValueOrDefault(kind);

    /// <summary>From now on it is known, and hidden everywhere.</summary>
    public void Remember(SecretKind kind, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        redactor.Learn(value);
        secrets[kind] = new Secret(value);
    }

    /// <summary>True when it was decided to do without an API key.</summary>
    public bool IsWithoutApiKey { get; private set; }

    /// <summary>Nobody has an API key, or nobody gives it: go on without.</summary>
    public void GoWithoutApiKey() => IsWithoutApiKey = true;

    /// <summary>It was wrong: ask again the next time.</summary>
    public void Forget(SecretKind kind) => secrets.TryRemove(kind, out _);
}
