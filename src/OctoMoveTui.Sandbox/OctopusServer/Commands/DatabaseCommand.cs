namespace OctoMoveTui.Sandbox.OctopusServer.Commands;

/// <summary><c>database</c>: tells an instance which database it works on, and with which master key.</summary>
internal sealed class DatabaseCommand : OctopusCommand
{
    public override string Name => "database";
    public override string Description => "Configures the database connection of an instance";
    public override IReadOnlyList<OctopusOption> Options =>
    [
        InstanceOption, ConfigOption,
        OctopusOption.Value("connectionString", "Database connection string"),
        OctopusOption.Value("masterKey", "The existing database's master key"),
        OctopusOption.Flag("create", "Creates the database and installs the schema"),
        OctopusOption.Flag("upgrade", "Upgrades the database to the schema of this version"),
        OctopusOption.Flag("delete", "Drops the database"),
        OctopusOption.Value("grant", "Grants a Windows account db_owner access"),
        OctopusOption.Flag("skipLicenseCheck", "Skips the license check during an upgrade"),
        SkipCompatibilityCheck, SkipUpgradeCheck,
    ];

    public override async Task RunAsync(CommandContext context)
    {
        foreach (var refused in (string[])["delete", "grant"])
            if (context.Options.Has(refused))
                throw new ControlledFailure($"The sandbox does not play 'database --{refused}': a move has no business with it.");

        var instance = context.Instance;
        var connectionString = context.Options["connectionString"] ?? instance.ConnectionString;
        var database = OctopusDatabase.ForCommand(connectionString);
        if (context.Options.Has("create"))
            await context.LogAsync("Database already exists: the --create option does nothing.");

        var installed = await OctopusVersions.ReadInstalledAsync(database, context.Cancel);
        var masterKey = context.Options["masterKey"] is { } text ? ParseKey(text) : instance.MasterKey
            ?? throw new ControlledFailure("This database was set up by another Octopus Server. Supply its master key with --masterKey.");

        await context.LogAsync($"Testing the master key against database {database.Name}...");
        using (await Instance.ReadCertificateAsync(database, masterKey, context.Cancel))
        {
            // Only to see that it can be read.
        }

        if (context.Options.Has("upgrade"))
            await UpgradeAsync(context, database, installed);

        instance.Config[ConfigFile.ConnectionString] = connectionString;
        instance.Config[ConfigFile.MasterKey] = context.Machine.KeyProtection.Protect(masterKey);
        instance.Config.Save();
        await context.LogAsync("Setting storage connection string and master key.");
    }

    private static async Task UpgradeAsync(CommandContext context, OctopusDatabase database, string installed)
    {
        var ours = context.Machine.Version;
        OctopusVersions.RefuseNewerDatabase(ours, installed);
        if (OctopusVersions.Compare(ours, installed) == 0)
        {
            await context.LogAsync("The database is up to date.");
            return;
        }

        await OctopusVersions.UpgradeAsync(database, context.Machine, context.Cancel);
        await context.LogAsync($"Upgraded the database from {installed} to {ours}.");
    }

    internal static byte[] ParseKey(string text)
    {
        var key = new byte[text.Length];
        if (!Convert.TryFromBase64String(text.Trim(), key, out var length))
            throw new ControlledFailure("The master key is not a valid Base-64 string.");

        return length is 16 or 32 ? key[..length] : throw new ControlledFailure("The master key has the wrong length.");
    }
}

/// <summary><c>show-master-key</c></summary>
internal sealed class ShowMasterKey : OctopusCommand
{
    public override string Name => "show-master-key";
    public override string Description => "Prints the server's master key";
    public override IReadOnlyList<OctopusOption> Options => [InstanceOption, ConfigOption, FormatOption];
    public override bool OnlyAnswers => true;

    public override Task RunAsync(CommandContext context)
    {
        var key = Convert.ToBase64String(context.Instance.RequireMasterKey());
        // By hand: the JSON writer would escape the '+' of base64.
        return context.AnswerAsync(context.WantsJson ? $"{{\n  \"MasterKey\": \"{key}\"\n}}" : key);
    }
}

/// <summary><c>set-master-key</c>: rewrites the config file; touches no data and proves nothing.</summary>
internal sealed class SetMasterKey : OctopusCommand
{
    public override string Name => "set-master-key";
    public override string Description => "Sets the master key that is used to encrypt and decrypt sensitive data";
    public override IReadOnlyList<OctopusOption> Options => [InstanceOption, ConfigOption, OctopusOption.Value("masterKey", "The master key")];

    public override async Task RunAsync(CommandContext context)
    {
        var instance = context.Instance;
        var key = DatabaseCommand.ParseKey(context.Options["masterKey"] ?? throw new ControlledFailure("The option --masterKey is required."));
        instance.Config[ConfigFile.MasterKey] = context.Machine.KeyProtection.Protect(key);
        instance.Config.Save();
        await context.LogAsync("The master key has been set.");
    }
}

/// <summary><c>show-thumbprint</c></summary>
internal sealed class ShowThumbprint : OctopusCommand
{
    public override string Name => "show-thumbprint";
    public override string Description => "Shows the squid and thumbprint of the server instance";
    public override IReadOnlyList<OctopusOption> Options => [InstanceOption, ConfigOption, FormatOption, OctopusOption.Value("export-file", "Exports the thumbprint to a file", alias: "e")];
    public override bool OnlyAnswers => true;

    public override async Task RunAsync(CommandContext context)
    {
        var instance = context.Instance;
        using var certificate = await Instance.ReadCertificateAsync(instance.Database, instance.RequireMasterKey(), context.Cancel);
        var answer = context.WantsJson ? $"{{\n  \"Thumbprint\": \"{certificate.Thumbprint}\"\n}}" : certificate.Thumbprint;
        if (context.Options["export-file"] is { } file)
            await File.WriteAllTextAsync(file, answer, context.Cancel);
        else
            await context.AnswerAsync(answer);
    }
}
