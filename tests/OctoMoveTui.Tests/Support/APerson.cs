using System.Collections.Concurrent;
using System.Text.Json;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Support;

/// <summary>A front end that says yes to everything, unless told to answer otherwise, and remembers what it heard.</summary>
public sealed class APerson : IFrontEnd
{
    private readonly ConcurrentQueue<MoveEvent> heard = new();
    private readonly ConcurrentQueue<MoveQuestion> asked = new();

    /// <summary>Answers that come before the usual ones; null = the usual one.</summary>
    public Func<MoveQuestion, MoveAnswer?> Answers { get; set; } = _ => null;

    /// <summary>Answers that take their time; null = answered at once, as above.</summary>
    public Func<MoveQuestion, CancellationToken, Task<MoveAnswer>?> Later { get; set; } = (_, _) => null;

    /// <summary>Called for each event, on the thread it happens on.</summary>
    public Action<MoveEvent> On { get; set; } = _ => { };

    public IReadOnlyList<MoveEvent> Events => [.. heard];

    public IReadOnlyList<MoveQuestion> Questions => [.. asked];

    /// <summary>All it heard, as JSON lines.</summary>
    public string Heard => string.Join('\n', heard.Select(each => JsonSerializer.Serialize(each, MoveJson.Line)));

    /// <summary>What a failing test shows: everything but details and previews, and the failure whole.</summary>
    public string Story => string.Join('\n', heard.Select(each => each switch
    {
        Logged { Kind: not LogKind.Detail } logged => $"  {logged.Text}",
        CheckMade { Verdict: not Verdict.Pass } made => $"  {made.Id} {made.Title} {made.Verdict}: {made.Finding}",
        StepChanged { State: StepState.Done or StepState.Failed or StepState.NotNeeded } changed => $"{changed.Step} {changed.State} {changed.Note}",
        MoveEnded { Failure: { } failure } ended => $"{ended.Sentence}\n{failure.What}\n{failure.Why}\n{failure.Raw}",
        MoveEnded ended => ended.Sentence,
        _ => null,
    }).Where(each => each is not null));

    /// <summary>Says something unasked.</summary>
    public Action<MoveCommand> Say { get; private set; } = _ => throw new InvalidOperationException("No engine listens yet.");

    public void Connect(Action<MoveCommand> say) => Say = say;

    public void Tell(MoveEvent happening)
    {
        heard.Enqueue(happening);
        On(happening);
    }

    public Task<MoveAnswer> AskAsync(MoveQuestion question, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        asked.Enqueue(question);
        return Later(question, cancel) ?? Task.FromResult(Answers(question) ?? question switch
        {
            ConfirmStep => new Go(),
            TypeName { Destroys: false } or TypeName { DropsDatabase: true } => new Typed(((TypeName)question).Name),
            ChooseShape shapes => new ShapeChosen(shapes.Proposed),
            FillPlan plan when question.Problem is null => new PlanFilled(plan.Fields.ToDictionary(each => each.Key, each => each.Value)),
            GiveConnectionString connection when question.Problem is null => new ConnectionStringGiven(new Secret(connection.Current), OnlyTest: false),
            ProveMasterKeySaved key when question.Problem is null => new SecretGiven(key.Key),
            _ => new StopHere(),
        });
    }
}
