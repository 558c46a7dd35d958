namespace OctoMoveTui.Sandbox.World;

/// <summary>The tables of an Octopus database, as far as a move looks at them or counts them.</summary>
internal static class DatabaseSchema
{
    public const string Sql = """
        CREATE TABLE dbo.Configuration (Id nvarchar(50) NOT NULL PRIMARY KEY, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.SchemaVersions (Id int NOT NULL PRIMARY KEY, ScriptName nvarchar(255) NOT NULL, Applied datetime NOT NULL);
        CREATE TABLE dbo.KeyAllocation (CollectionName nvarchar(50) NOT NULL PRIMARY KEY, Allocated int NOT NULL);
        CREATE TABLE dbo.Mutex (Id nvarchar(450) NOT NULL PRIMARY KEY, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.OctopusServerNode (Id nvarchar(250) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, MaxConcurrentTasks int NOT NULL,
            IsInMaintenanceMode bit NOT NULL, LastSeen datetimeoffset NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.OctopusServerInstallationHistory ([Version] nvarchar(50) NOT NULL, Node nvarchar(200) NOT NULL, Installed datetimeoffset NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.[Space] (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, IsDefault bit NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.Project (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, IsDisabled bit NOT NULL, SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.Release (Id nvarchar(150) NOT NULL PRIMARY KEY, Version nvarchar(349) NOT NULL, ProjectId nvarchar(50) NOT NULL, Assembled datetimeoffset NOT NULL,
            SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.Deployment (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, ReleaseId nvarchar(150) NOT NULL, EnvironmentId nvarchar(50) NOT NULL,
            TaskId nvarchar(50) NULL, Created datetimeoffset NOT NULL, SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.DeploymentEnvironment (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, SortOrder int NOT NULL, SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.Machine (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, CommunicationStyle nvarchar(50) NOT NULL, Thumbprint nvarchar(50) NULL,
            Fingerprint nvarchar(50) NULL, IsDisabled bit NOT NULL, SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.Worker (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, CommunicationStyle nvarchar(50) NOT NULL, Thumbprint nvarchar(50) NULL,
            IsDisabled bit NOT NULL, SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.MachinePolicy (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, IsDefault bit NOT NULL, SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.ProjectTrigger (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, ProjectId nvarchar(50) NOT NULL, IsDisabled bit NOT NULL,
            SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.Subscription (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, IsDisabled bit NOT NULL, SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.Account (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, AccountType nvarchar(50) NOT NULL, SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.Feed (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, FeedType nvarchar(50) NOT NULL, SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.VariableSet (Id nvarchar(150) NOT NULL PRIMARY KEY, OwnerId nvarchar(150) NOT NULL, Version int NOT NULL, IsFrozen bit NOT NULL,
            RelatedDocumentIds nvarchar(max) NULL, SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.Tenant (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.Certificate (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, Thumbprint nvarchar(128) NOT NULL, NotAfter datetimeoffset NOT NULL,
            Subject nvarchar(max) NOT NULL, Archived datetimeoffset NULL, SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.NuGetPackage (Id nvarchar(450) NOT NULL PRIMARY KEY, PackageId nvarchar(100) NOT NULL, Version nvarchar(349) NOT NULL, SpaceId nvarchar(50) NOT NULL,
            Hash nvarchar(128) NOT NULL, Size bigint NOT NULL, Published datetimeoffset NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.ServerTask (Id nvarchar(50) NOT NULL PRIMARY KEY, Name nvarchar(50) NOT NULL, Description nvarchar(max) NOT NULL, QueueTime datetimeoffset NOT NULL,
            StartTime datetimeoffset NULL, CompletedTime datetimeoffset NULL, ErrorMessage nvarchar(max) NULL, ConcurrencyTag nvarchar(100) NULL, State nvarchar(50) NOT NULL,
            HasPendingInterruptions bit NOT NULL, HasWarningsOrErrors bit NOT NULL, ServerNodeId nvarchar(250) NULL, ProjectId nvarchar(50) NULL, EnvironmentId nvarchar(50) NULL,
            TenantId nvarchar(50) NULL, DurationSeconds int NOT NULL, JSON nvarchar(max) NOT NULL, SpaceId nvarchar(50) NULL);
        CREATE TABLE dbo.Artifact (Id nvarchar(50) NOT NULL PRIMARY KEY, Filename nvarchar(200) NOT NULL, ServerTaskId nvarchar(50) NOT NULL, Created datetimeoffset NOT NULL,
            SpaceId nvarchar(50) NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.Event (AutoId bigint NOT NULL PRIMARY KEY, Id nvarchar(50) NOT NULL, Category nvarchar(50) NOT NULL, Message nvarchar(max) NOT NULL,
            Occurred datetimeoffset NOT NULL, UserId nvarchar(50) NOT NULL, Username nvarchar(200) NOT NULL, SpaceId nvarchar(50) NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.[User] (Id nvarchar(50) NOT NULL PRIMARY KEY, Username nvarchar(200) NOT NULL, DisplayName nvarchar(200) NOT NULL, EmailAddress nvarchar(400) NULL,
            IsActive bit NOT NULL, IsService bit NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.ApiKey (Id nvarchar(50) NOT NULL PRIMARY KEY, UserId nvarchar(50) NOT NULL, ApiKeyHashed nvarchar(200) NOT NULL, Created datetimeoffset NOT NULL, JSON nvarchar(max) NOT NULL);
        """;

    public static readonly IReadOnlyList<string> Tables =
    [
        "Account", "ApiKey", "Artifact", "Certificate", "Configuration", "Deployment", "DeploymentEnvironment", "Event", "Feed", "KeyAllocation", "Machine", "MachinePolicy", "Mutex",
        "NuGetPackage", "OctopusServerInstallationHistory", "OctopusServerNode", "Project", "ProjectTrigger", "Release", "SchemaVersions", "ServerTask", "Space", "Subscription", "Tenant", "User",
        "VariableSet", "Worker",
    ];
}
