using System.Reflection;
using NetArchTest.Rules;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Architecture;

/// <summary>The arrows between the projects, held.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Engine = typeof(TheMove).Assembly;
    private static readonly Assembly Program = Assembly.Load("octomove");
    private static readonly Assembly Sandbox = Assembly.Load("OctoMoveTui.Sandbox");

    [Fact]
    public void The_engine_knows_nothing_of_screens_command_lines_or_the_sandbox() =>
        Referenced(Engine).ShouldNotContain(each =>
            each.StartsWith("Terminal.Gui", StringComparison.Ordinal) || each.StartsWith("System.CommandLine", StringComparison.Ordinal)
            || each == "octomove" || each == "OctoMoveTui.Sandbox" || each == "System.Console");

    [Fact]
    public void The_program_knows_the_engine_and_not_the_sandbox()
    {
        Referenced(Program).ShouldContain("OctoMoveTui.Engine");
        Referenced(Program).ShouldNotContain("OctoMoveTui.Sandbox");
    }

    [Fact]
    public void The_sandbox_knows_nothing_of_ours_but_the_wire() =>
        Referenced(Sandbox).ShouldNotContain(each => each == "octomove" || each == "OctoMoveTui.Engine");

    [Fact]
    public void The_models_of_the_screen_know_no_widgets() =>
        Types.InAssembly(Program).That().ResideInNamespaceContaining("Tui.Models").ShouldNot().HaveDependencyOn("Terminal.Gui")
            .GetResult().FailingTypeNames.ShouldBeNull();

    [Fact]
    public void Steps_speak_to_servers_only_through_the_engine_s_own_doors() =>
        Types.InAssembly(Engine).That().ResideInNamespace("OctoMoveTui.Engine.Steps").ShouldNot()
            .HaveDependencyOnAny("CliWrap", "System.Net.Http", "Microsoft.Data.SqlClient", "Serilog").GetResult().FailingTypeNames.ShouldBeNull();

    private static IEnumerable<string> Referenced(Assembly assembly) => assembly.GetReferencedAssemblies().Select(each => each.Name ?? "");
}
