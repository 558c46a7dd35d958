namespace OctoMoveTui.Engine.Agreement;

/// <summary>How the rows of one kind and their files agree.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Rows">Rows that should have a file.</param>
/// <param name="Missing">Rows without a file.</param>
/// <param name="Different">Rows whose file has another size or hash.</param>
/// <param name="CannotTell">Rows of which nothing can be said; never counted as a fault.</param>
/// <param name="Orphans">Files that belong to no row.</param>
public sealed record KindAgreement(AgreementKind Kind, long Rows, long Missing, long Different, long CannotTell, long Orphans)
{
    /// <summary>Files whose hash was read and compared with the row's.</summary>
    public long Hashed { get; init; }

    /// <summary>Files whose row tells no size that could be compared, or no hash when hashes were asked for: their existence is all that is proven.</summary>
    public long ByExistence { get; init; }

    /// <summary>Files in the directory that name no row in a way that octomove knows: logos, for instance.</summary>
    public long OtherFiles { get; init; }

    /// <summary>Faults that the base line doesn't have; 0 in a base line.</summary>
    public long NewFaults { get; init; }

    /// <summary>Why nothing at all can be told of this kind; else null.</summary>
    public string? Untold { get; init; }

    /// <summary>Rows whose file is there as far as it was looked at.</summary>
    public long Agreeing => Rows - Missing - Different - CannotTell;
}

/// <summary>What a re-index of the built-in repository of one space will do, by what rows and files say.</summary>
/// <param name="Space">The space's id; empty in databases without spaces.</param>
/// <param name="Rows">Packages listed now.</param>
/// <param name="WithoutFile">Packages that it will drop, because their file is not there (#1839).</param>
/// <param name="Orphans">Files without a row: it may add them.</param>
/// <param name="Bytes">The bytes of all files, which it reads.</param>
public sealed record SpacePackages(string Space, long Rows, long WithoutFile, long Orphans, long Bytes)
{
    /// <summary>Packages that must still be listed afterwards.</summary>
    public long Kept => Rows - WithoutFile;
}

/// <summary>How database and directories agree.</summary>
/// <param name="Kinds">Kind by kind.</param>
/// <param name="Packages">The packages, space by space.</param>
public sealed record AgreementTotals(IReadOnlyList<KindAgreement> Kinds, IReadOnlyList<SpacePackages> Packages)
{
    /// <summary>Rows whose file is missing or different.</summary>
    public long Faults => Kinds.Sum(each => each.Missing + each.Different);

    /// <summary>Faults that the base line doesn't have.</summary>
    public long NewFaults => Kinds.Sum(each => each.NewFaults);

    /// <summary>Packages that a re-index drops.</summary>
    public long Dropped => Packages.Sum(each => each.WithoutFile);
}
