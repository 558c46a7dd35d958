using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;

namespace OctoMoveTui.Tests.Screens.Support;

/// <summary>Screens that many tests begin with.</summary>
internal static class AScreen
{
    public static StillScreen WithTheMoveOpen(int width = 80, int height = 24, bool ascii = false, bool colours = true) =>
        new StillScreen(width, height, ascii, colours).Tell(SampleMove.Opened());

    /// <summary>The answer, as soon as the engine's side of the conversation has it.</summary>
    public static Task<MoveAnswer> Given(this Task<MoveAnswer> answer) => answer.WaitAsync(TimeSpan.FromSeconds(30));

    public static Logged Line(string text, LogKind kind = LogKind.Info) => new(kind, text) { At = SampleMove.Midnight };

    public static GiveConnectionString NewConnection => new(
        ConnectionPurpose.NewDatabase, "Server=sql01;Database=Octo_pus;User ID=octo_user", HasPassword: false);

    public static ProveMasterKeySaved MasterKey => new(new Secret("c2VjcmV0LWtleQ=="), "ab12cd34", "a certificate and 14 sensitive values");
}
