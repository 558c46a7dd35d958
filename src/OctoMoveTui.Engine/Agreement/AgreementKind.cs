namespace OctoMoveTui.Engine.Agreement;

/// <summary>What the database speaks of and a directory holds.</summary>
public enum AgreementKind
{
    /// <summary>A package of the built-in repository: a row of NuGetPackage, a file in Packages.</summary>
    Package,

    /// <summary>A finished task: a row of ServerTask, its log in TaskLogs.</summary>
    TaskLog,

    /// <summary>An artifact: a row of Artifact, a file in Artifacts.</summary>
    Artifact,
}

/// <summary>In which way a row and the directory disagree.</summary>
public enum DisagreementKind
{
    /// <summary>There is no file.</summary>
    Missing,

    /// <summary>The file has another size than the row says.</summary>
    OtherSize,

    /// <summary>The file has the size, but not the hash that the row says.</summary>
    OtherHash,
}
