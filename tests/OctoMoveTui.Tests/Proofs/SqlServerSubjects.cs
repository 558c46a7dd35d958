namespace OctoMoveTui.Tests.Proofs;

/// <summary>What must have a proof: every question that the checks ask, and every error number that must end as advice.</summary>
internal static class SqlServerSubjects
{
    /// <summary>The questions, as the scripts name them in their first line.</summary>
    public static readonly IReadOnlyList<(string Key, string Meaning)> Questions =
    [
        ("Q1", "which server it is"),
        ("Q2", "platform"),
        ("Q3", "version rule"),
        ("Q4", "the database's row"),
        ("Q5", "sizes"),
        ("Q6", "encryption at rest"),
        ("Q7", "availability group, mirroring"),
        ("Q8", "snapshots"),
        ("Q9", "rights"),
        ("Q10", "service account"),
        ("Q11", "paths as the server sees them"),
        ("Q12", "probe backup"),
        ("Q13", "free space"),
        ("Q14", "names and files in the way"),
        ("Q15", "a running backup"),
        ("Q16", "last backup and last CHECKDB"),
        ("Q17", "sessions"),
        ("Q18", "the limit of Express"),
        ("Q19", "cloud"),
        ("Q20", "clock"),
    ];

    /// <summary>The error numbers, by family.</summary>
    public static readonly IReadOnlyList<(string Family, string[] Numbers)> Errors =
    [
        ("login", ["18456", "18452", "17806", "18470", "18486", "18487", "18488", "4060", "4064"]),
        ("reaching the server", ["53", "40", "2", "10061", "10060", "11001", "26", "-1", "0", "-2"]),
        ("encryption", ["20", "35", "-2146893019", "-2146893022"]),
        ("broken connection", ["10054", "10053", "64", "121", "258"]),
        ("rights", ["262", "229", "300", "297", "15247", "3110", "5011", "7983", "2571", "916"]),
        ("state of the database", ["911", "942", "945", "927", "924", "922", "926", "3033", "3036", "3002", "3906"]),
        ("backup devices", ["3201", "3202", "3203", "3271", "3204", "3205"]),
        ("media", ["3241", "3242", "3143", "3254", "3287", "3132", "3231", "3227", "3098", "3095", "3097"]),
        ("planning a restore", ["3154", "3159", "3169", "3234", "1834", "3156", "3119", "3142", "5170", "3176", "5133", "5120", "5123", "3257"]),
        ("edition and certificate", ["1827", "1844", "33111", "12824"]),
        ("in use", ["3101", "3102", "3104", "1468", "3059", "3021", "3023", "5061", "5064", "5069", "5070"]),
        ("damage", ["3183", "3189", "3182", "3043", "3187"]),
        ("after the work", ["3165", "3009", "3013"]),
        ("logins and users", ["15023", "15025", "15007", "15151", "15063", "15110", "15404", "33009"]),
        ("space and locks", ["1105", "9002", "1205", "1222"]),
        ("cloud", ["40510", "40515", "41902", "41903", "41904"]),
    ];

    /// <summary>What no test proves yet. Take out what you prove.</summary>
    public static readonly IReadOnlyList<string> NotYet =
    [
    ];
}
