using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>What one step works with: the plan, the facts, the two servers, and its voice in the log.</summary>
public sealed class MoveContext(MoveSession session, StepId step)
{
    /// <summary>The step.</summary>
    public StepId Step => step;

    /// <summary>What moves from where to where.</summary>
    public MovePlan Plan => session.Plan;

    /// <summary>The move folder.</summary>
    public MoveFolder Folder => session.Folder;

    /// <summary>The facts of finished steps.</summary>
    public MoveFacts Facts => session.Facts;

    /// <summary>Secrets in memory.</summary>
    public MoveSecrets Secrets => session.Secrets;

    /// <summary>Time, which tests may stop.</summary>
    public TimeProvider Time => session.Time;

    /// <summary>How often to look again.</summary>
    public TimingSettings Timing => session.Timing;

    /// <summary>How far the checks look.</summary>
    public CheckSettings Checking => session.Checking;

    /// <summary>How directories are copied.</summary>
    public CopySettings Copying => session.Copying;

    /// <summary>How database and files are compared.</summary>
    public AgreementSettings Agreement => session.Agreement;

    /// <summary>What the journal says of this step.</summary>
    public JournalledStep Journalled => session.JournalOf(step);

    /// <summary>True when this step was finished in this very run, and not in an earlier one.</summary>
    internal bool IsOfThisRun => session.Journal?.State.IsOfLastRun(step) == true;

    /// <summary>Remembers something about this step's own work, on disk, before the effect it tells of.</summary>
    public void Mark(string mark) => session.Journal?.Marked(step, mark);

    /// <summary>True when this run writes the journal; false when it only looks.</summary>
    public bool IsJournalled => session.Journal is not null;

    /// <summary>True when the journal says that this other step has begun, whether it has finished or not.</summary>
    public bool HasBegun(StepId other) => session.JournalOf(other).Standing != JournalStanding.Nothing;

    /// <summary>True when this step marked that, in this run or an earlier one.</summary>
    public bool HasMarked(string mark) => Journalled.Marks.Contains(mark);

    /// <summary>The same, as another step has it: its marks and its place in the log.</summary>
    internal MoveContext As(StepId other) => new(session, other);

    /// <summary>Octopus.Server of the old server.</summary>
    public OctopusServerExe OldExe => Exe(Plan.Old);

    /// <summary>Octopus.Server of the new server.</summary>
    public OctopusServerExe NewExe => Exe(Plan.New);

    /// <summary>The program that copies directories in place of octomove, or null.</summary>
    internal CopyTool? CopyTool => CopyTool.Of(Plan);

    /// <summary>That program on this machine, where it works for that side.</summary>
    internal Programs CopyProgram(CopyTool tool, Side side) => Program(tool.Program(side));

    /// <summary>The Windows service of the old server.</summary>
    public ServiceControl OldService => new(Program(Plan.Old.Sc), Plan.Old.Service);

    /// <summary>The Windows service of the new server.</summary>
    public ServiceControl NewService => new(Program(Plan.New.Sc), Plan.New.Service);

    /// <summary>The account that the service of the new server will log on as.</summary>
    public LogOnAccount NewAccount => LogOnAccount.Of(Plan.New.ServiceAccount);

    /// <summary>HTTP.sys of the old machine.</summary>
    public Netsh OldNetsh => new(Program(Plan.Old.NetshFile));

    /// <summary>HTTP.sys of the new machine.</summary>
    public Netsh NewNetsh => new(Program(Plan.New.NetshFile));

    /// <summary>The access lists of the new machine's folders. Every file below inherits them, and nobody knows how many there are: it takes as long as it takes.</summary>
    public Icacls NewIcacls => new(new Programs(Plan.New.IcaclsFile, Detail, session.Redactor));

    /// <summary>The registry of the new server's machine.</summary>
    internal RegistryQuery NewRegistry => new(Program(Plan.New.Reg ?? "reg.exe"));

    /// <summary>The Windows service of any instance on the new server.</summary>
    internal ServiceControl NewServiceOf(string instance) => new(Program(Plan.New.Sc), InstanceRecord.ServiceOf(instance));

    /// <summary>The processes of Octopus Server on the old machine.</summary>
    internal ProcessList OldProcesses => new(
        Plan.Old.Tasklist.Length > 0 ? Program(Plan.Old.Tasklist) : OperatingSystem.IsWindows() ? Program("tasklist.exe") : null);

    /// <summary>The watchdog tasks of the old server.</summary>
    public WatchdogTasks OldWatchdogs => new(Program(Plan.Old.Schtasks));

    /// <summary>Windows Installer on the new server.</summary>
    internal WindowsInstaller NewInstaller => new(Program(Plan.New.Msiexec));

    /// <summary>The old SQL Server, with the login of the old instance.</summary>
    public async Task<SqlServer> OldSqlAsync(CancellationToken cancel) =>
        new(await session.Connections.OldAsync(this, cancel), Detail, () => Secrets.Forget(SecretKind.OldSqlPassword)) { QuestionTime = Timing.Question };

    /// <summary>The new SQL Server, with the login that restores.</summary>
    public async Task<SqlServer> NewSqlAsync(CancellationToken cancel) =>
        new(await session.Connections.NewAdminAsync(this, cancel), Detail, () => Secrets.Forget(
            Plan.New.AdminConnectionString == Plan.New.ConnectionString ? SecretKind.NewSqlPassword : SecretKind.NewAdminPassword)) { QuestionTime = Timing.Question };

    /// <summary>The new SQL Server, with the login that the new Octopus Server will use.</summary>
    public async Task<SqlServer> NewSqlAsOctopusAsync(CancellationToken cancel) =>
        new(await NewConnectionStringAsync(cancel), Detail, () => Secrets.Forget(SecretKind.NewSqlPassword)) { QuestionTime = Timing.Question };

    /// <summary>The connection string of the old database, with its password.</summary>
    public Task<string> OldConnectionStringAsync(CancellationToken cancel) => session.Connections.OldAsync(this, cancel);

    /// <summary>The connection string that the new Octopus Server will use, with its password.</summary>
    public Task<string> NewConnectionStringAsync(CancellationToken cancel) => session.Connections.NewAsync(this, cancel);

    /// <summary>The old server: by its REST API, or what stands for that where nobody has an API key.</summary>
    public Task<OctopusApi> OldApiAsync(CancellationToken cancel) => ApiAsync(Side.Old, cancel);

    /// <summary>The new server, the same way; API keys live in the database, so the old one works.</summary>
    public Task<OctopusApi> NewApiAsync(CancellationToken cancel) => ApiAsync(Side.New, cancel);

    /// <summary>True when an API key is known: one that was refused isn't, nor one that nobody was asked for yet.</summary>
    public bool HasApiKey => Secrets.Find(SecretKind.ApiKey) is not null;

    internal ApiPatience ApiPatience => new(Timing, Time, Info);

    private async Task<OctopusApi> ApiAsync(Side side, CancellationToken cancel) =>
        await FindApiKeyAsync(cancel) is { } key ? new OctopusApi(Plan.Of(side).Url, key, ApiPatience, Detail, ForgetApiKey) : new KeylessOctopus(this, side);

    /// <summary>The master key as far as it is known: from memory, else from the old server, else from the key file, else asked for. Not proven by this.</summary>
    public async Task<MasterKey> MasterKeyAsync(CancellationToken cancel)
    {
        if (Secrets.Find(SecretKind.MasterKey) is { } known)
            return MasterKey.Parse(known.Reveal());
        if (session.IsHere(Side.Old))
            return Remember(await OldExe.ShowMasterKeyAsync(cancel));
        if (Secrets.FromEnvironment(SecretKind.KeyFilePassphrase) is not { } passphrase)
            return await AskMasterKeyAsync(null, cancel);
        try
        {
            return OpenKeyFile(KeyFilePath, passphrase);
        }
        catch (MoveFailure failure)
        {
            return await AskMasterKeyAsync($"{failure.Report.What} {failure.Report.Why}", cancel);
        }
    }

    /// <summary>Asks for the master key, or the file that it was saved to, until it is one.</summary>
    /// <exception cref="MoveFailure">Nobody has it any more.</exception>
    public async Task<MasterKey> AskMasterKeyAsync(string? problem, CancellationToken cancel)
    {
        while (true)
        {
            var answer = await AskAsync(new GiveSecret(SecretKind.MasterKey, Notes.WhyMasterKey) { Problem = problem, KeyFile = KeyFilePath }, cancel);
            try
            {
                switch (answer)
                {
                    case MasterKeyLost:
                        throw MasterKeyFailures.Lost();
                    case KeyFileGiven file:
                        Hide(file.Passphrase.Reveal());
                        return OpenKeyFile(file.File.Trim(), file.Passphrase);
                    case SecretGiven { Value.IsEmpty: false } given:
                        Hide(given.Value.Reveal().Trim());
                        return Remember(MasterKey.Parse(given.Value.Reveal()));
                    default:
                        problem = Notes.NothingTyped;
                        break;
                }
            }
            catch (MoveFailure failure) when (answer is not MasterKeyLost)
            {
                problem = $"{failure.Report.What} {failure.Report.Why}";
            }
        }
    }

    /// <summary>Where the key file is, or is proposed to be: as configured, else where it was saved in this move, else in the move folder.</summary>
    public string KeyFilePath => session.ConfiguredKeyFile
        ?? (Facts.Find<MasterKeySaved>()?.KeyFile is { } saved && File.Exists(saved) ? saved : Folder.KeyFile);

    private MasterKey OpenKeyFile(string file, Secret passphrase)
    {
        var key = Remember(KeyFile.Open(file, passphrase, Facts.Find<MasterKeySaved>()?.Fingerprint));
        Proof(Notes.KeyFileOpened(file, key.Fingerprint));
        return key;
    }

    private MasterKey Remember(MasterKey key)
    {
        Secrets.Remember(SecretKind.MasterKey, key.Reveal());
        return key;
    }

    /// <summary>A secret from memory, or asked for.</summary>
    public async Task<Secret> SecretAsync(SecretKind kind, string why, CancellationToken cancel)
    {
        if (Secrets.Find(kind) is { } known)
            return known;
        var given = await AskSecretAsync(kind, why, null, cancel);
        Secrets.Remember(kind, given.Reveal());
        return given;
    }

    /// <summary>From now on this text is hidden wherever it would be shown or written.</summary>
    public void Hide(string secret) => session.Redactor.Learn(secret);

    /// <summary>A text from outside without secrets and control sequences, for a file that is kept.</summary>
    public string Clean(string text) => session.Redactor.Clean(text);

    /// <summary>Has a name typed before something is destroyed or can't be taken back.</summary>
    /// <exception cref="MoveStopped">It was not typed.</exception>
    public Task AskNameAsync(string name, string consequence, bool destroys, CancellationToken cancel) =>
        AskNameAsync(new TypeName(name, consequence, destroys), cancel);

    /// <summary>The same, for a question with more to it.</summary>
    /// <exception cref="MoveStopped">It was not typed.</exception>
    public async Task AskNameAsync(TypeName question, CancellationToken cancel)
    {
        string? problem = null;
        while (true)
        {
            var answer = await AskAsync(question with { Problem = problem }, cancel);
            if (answer is Typed typed && typed.Text.Trim() == question.Name)
                return;
            problem = Notes.TypedAnother(question.Name);
        }
    }

    /// <summary>Asks a question in the name of this step.</summary>
    public async Task<MoveAnswer> AskAsync(MoveQuestion question, CancellationToken cancel)
    {
        Tell(new StepChanged(step, StepState.Waiting));
        var answer = await session.Conversation.AskAsync(question with { Step = step }, cancel);
        Tell(new StepChanged(step, Journalled.Standing == JournalStanding.Undoing ? StepState.Undoing : StepState.Running));
        return answer;
    }

    /// <summary>Says what is done.</summary>
    public void Info(string text) => Log(LogKind.Info, text);

    /// <summary>Says what is proven.</summary>
    public void Proof(string text) => Log(LogKind.Proof, text);

    /// <summary>Says what should be known but stops nothing.</summary>
    public void Warn(string text) => Log(LogKind.Warning, text);

    /// <summary>Passes on a command, its output or a message of SQL Server.</summary>
    public void Detail(string text) => Log(LogKind.Detail, text);

    /// <summary>Tells an event.</summary>
    public void Tell(MoveEvent happening) => session.Conversation.Tell(happening);

    /// <summary>Has what a front end says without being asked given to <paramref name="listener"/>, until the result is disposed of.</summary>
    public IDisposable ListenFor(Action<MoveCommand> listener) => session.Conversation.ListenFor(listener);

    /// <summary>Measures progress of this step.</summary>
    public ProgressMeter Meter(string what, ProgressUnit unit) => new(step, what, unit, Tell, Time);

    /// <summary>Waits between two looks.</summary>
    public Task PauseAsync(CancellationToken cancel) => Task.Delay(Timing.Poll, Time, cancel);

    /// <summary>A command line as a preview shows it.</summary>
    public PreviewLine Command(string file, IReadOnlyList<string> arguments) =>
        new(PreviewKind.Command, Programs.Show(file, arguments, session.Redactor));

    /// <summary>A command line of Octopus.Server as a preview shows it: without the options that its version doesn't know.</summary>
    public PreviewLine Command(OctopusServerExe exe, IReadOnlyList<string> arguments) => Command(exe.File, exe.Fit(arguments));

    /// <summary>True when this machine does that side.</summary>
    public bool IsHere(Side side) => session.IsHere(side);

    private void ForgetApiKey() => Secrets.Forget(SecretKind.ApiKey);

    // Null: it was decided to go without.
    private async Task<Secret?> FindApiKeyAsync(CancellationToken cancel)
    {
        if (Secrets.IsWithoutApiKey)
            return null;
        if (Secrets.Find(SecretKind.ApiKey) is { } known)
            return known;
        if (await AskAsync(new GiveSecret(SecretKind.ApiKey, ByHandWords.WhyApiKey, MaySkip: true), cancel) is not SecretGiven { Value.IsEmpty: false } given)
        {
            Secrets.GoWithoutApiKey();
            Warn(ByHandWords.GoingWithout);
            return null;
        }

        Secrets.Remember(SecretKind.ApiKey, given.Value.Reveal().Trim());
        return Secrets.Find(SecretKind.ApiKey);
    }

    private async Task<Secret> AskSecretAsync(SecretKind kind, string why, string? problem, CancellationToken cancel)
    {
        while (true)
        {
            var answer = await AskAsync(new GiveSecret(kind, why) { Problem = problem }, cancel);
            if (answer is SecretGiven { Value.IsEmpty: false } given)
            {
                session.Redactor.Learn(given.Value.Reveal().Trim());
                return new Secret(given.Value.Reveal().Trim());
            }

            problem = Notes.NothingTyped;
        }
    }

    private void Log(LogKind kind, string text) => Tell(new Logged(kind, text, step));

    private OctopusServerExe Exe(ServerPlan server) => new(Program(server.OctopusServer), server.Instance, session.Redactor, session.KnowledgeOf(server.OctopusServer),
        new InstanceRecords(server.InstanceRecords ?? InstanceRecords.UsualFolder, new RegistryQuery(Program(server.Reg ?? "reg.exe"))));

    private Programs Program(string file) => new(file, Detail, session.Redactor, Timing.Command);
}
