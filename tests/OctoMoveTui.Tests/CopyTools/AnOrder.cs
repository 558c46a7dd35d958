using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Tests.CopyTools;

/// <summary>A copying program set to work as the engine does it.</summary>
internal static class AnOrder
{
    public static async Task<(int ExitCode, ToolOutput Output, ToolVerdict Verdict)> RunAsync(
        this CopyTool tool, CopyOrder order, IReadOnlyList<string>? arguments = null, Action<ToolOutput>? whenever = null, CancellationToken cancel = default)
    {
        var output = tool.NewOutput();
        var exitCode = await Program(tool).RunLongAsync(arguments ?? tool.Copy(order), line =>
        {
            output.Take(line);
            whenever?.Invoke(output);
        }, cancel);
        return (exitCode, output, tool.Judge(order, exitCode, output));
    }

    public static Task<ProgramOutput> AskAsync(this CopyTool tool, IReadOnlyList<string> arguments) => Program(tool).RunAsync(arguments, true, default);

    public static async Task<string?> ExampleAsync(this CopyTool tool, string directory) => tool.Example(directory, await tool.AskAsync(tool.List(directory)));

    private static Programs Program(CopyTool tool) => new(tool.Program(Side.Old), _ => { }, new Redactor());
}
