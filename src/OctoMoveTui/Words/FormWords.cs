namespace OctoMoveTui.Words;

/// <summary>Labels, help and problems of the forms.</summary>
internal static class FormWords
{
    public const string NotAConnectionString = "This can't be read as a connection string. It needs Key=Value; Key=Value.";
}
