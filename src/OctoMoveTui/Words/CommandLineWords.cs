namespace OctoMoveTui.Words;

/// <summary>Help texts, prompts and refusals of the command line.</summary>
internal static class CommandLineWords
{
    public const string Root =
        "Moves a self-hosted Octopus Deploy Server and its database to new machines, step by step as in Octopus's own guide. " +
        "Without a command it opens the screen.";

    public const string Check = "Runs the checks of one server; changes nothing but a probe backup, which is deleted again.";
    public const string CheckWhich = "Which server: old or new.";
    public const string QueriesOption = "Shows what each check asked, exactly.";
    public const string Plan = "Shows every step with its exact SQL, commands and paths, and changes nothing.";
    public const string Run = "Runs the move without the screen, or resumes it where it stopped.";
    public const string Undo =
        "Takes the move back, step by step in reverse: the new server goes down, what the move made there is removed, the old server works again. Shows all of it before it begins. "
        + "Possible until the point of no return.";

    public const string UndoUntilOption = "Takes back down to and including this step (its id, for instance restore-database); octomove run goes on from there.";
    public const string UndoYesOption = "Confirms it. It never confirms that the restored database is dropped: see --drop-database.";
    public const string DropOption = "With --yes: the restored database that may be dropped, by its exact name.";
    public const string Status = "Shows what the journal in the move folder says; asks no server.";
    public const string Report = "Makes report.html and report.md in the move folder anew: what was done, how long it took, what was proven, what is left; asks no server.";

    public const string Verify =
        "Holds the copied directories against the manifests of their copies and lists every difference; asks no server and changes nothing without --repair.";

    public const string Agree =
        "Holds the rows of one database against its directories: each package has its file, each finished task its log, each artifact its file. " +
        "Reads only, at any time. On the old server the list is the base line of the move; on the new one only what that does not have is a failure.";

    public const string AgreeWhich = "Which server: old (takes the base line) or new (is held against it).";
    public const string HashesOption = "Reads every package and compares its hash with the one in the database, too.";

    public const string ContentsOption = "Reads and hashes every file (the default, unless Copy:Verify says otherwise).";
    public const string TimesOption = "Compares names, sizes and times only: as fast as the files can be listed.";
    public const string RepairOption = "Copies exactly what is missing or damaged again, from where it came. Removes nothing.";
    public const string ContentsOrTimes = "Either --contents or --times, not both.";

    public const string Attach = "Attaches to the move that runs on this machine for the move folder: steps, log, and the question that waits. Begins none.";
    public const string Engine = "Runs the move without any terminal, for others to attach to.";
    public const string ViewOption = "Only looks on: nothing can be answered or stopped from there. For a second person.";
    public const string StopOption = "Asks the move to stop at its next safe point, and waits until it has.";
    public const string ViewOrStop = "Either --view or --stop, not both.";

    public const string MoveOption = "The move folder: both servers must reach it in turn. It is created on first use.";
    public const string ShapeOption =
        "What moves: server-and-database, database-only, server-only, folders-only, or a rehearsal. Without it the screen asks, and run --yes moves both.";

    public const string ConfigOption =
        "The configuration file, instead of octomove.json in the current folder or beside the program.";
    public const string SetOption = "Sets one key of the configuration, for instance --set New:Home=/var/octopus. Can be repeated.";
    public const string PlainOption = "Lines of text and questions at the prompt in place of the screen: for screen readers and poor terminals.";
    public const string AsciiOption = "Plain ASCII characters only.";
    public const string DriverOption = "How the screen talks to the terminal: ansi, dotnet or windows.";
    public const string UntilOption = "Stops after this step (its id, for instance back-up-database).";
    public const string YesOption =
        "Confirms every step and the point of no return. It never confirms that a database is overwritten: see --overwrite-database.";
    public const string OverwriteOption = "With --yes: the one database that may be overwritten, by its exact name.";
    public const string JsonOption = "One JSON object a line in place of text; docs/json-events.md describes them.";

    public const string NoTerminal =
        "octomove needs a terminal for its screen, and there is none here. " +
        "Use \"octomove run --yes\", \"octomove plan\", \"octomove check\", \"octomove verify\", \"octomove agree\" or \"octomove status\", or start octomove in a terminal.";

    public static string UnknownDriver(string driver, IEnumerable<string> known) =>
        $"There is no driver \"{driver}\" on this machine. Known: {string.Join(", ", known)}.";

    public static string UnknownKey(string key, string source) => $"Unknown configuration key {key} ({source}).";

    public static string UnknownKeyToDo(IEnumerable<string> known) =>
        $"Correct the key or take it out. These are known: {string.Join(", ", known)}.";

    public static string DidYouMean(string key) => $"Did you mean {key}?";

    public static string SecretInFile(string key, string source) => $"{key} is a secret and does not belong there ({source}).";

    public static string SecretInFileToDo(string variable) => $"Take it out, and set the environment variable {variable} or type it when asked.";

    public const string SecretInFileWhy = "Files are copied and backed up, and other users can read a program's arguments.";

    public static string BadValue(string key, string value) => $"The value \"{value}\" of the configuration key {key} can't be understood.";

    public const string BadValueToDo = "Times are written as hh:mm:ss; switches as true or false.";

    public static string SeeHelp(string? command) => $"What can be typed: octomove {(command is null ? "" : command + " ")}--help";

    public static string BadSet(string text) => $"--set needs Key=Value, and got \"{text}\".";

    public const string BadSetToDo = "Write it like this: --set New:Home=/var/octopus";

    public static string NoConfigFile(string path) => $"There is no configuration file {path}.";

    public static string BadConfigFile(string path) => $"The configuration file {path} can't be read.";

    public const string BadConfigFileToDo = "It must be JSON. The text below says where it breaks.";

    public const string Stopping = "Stopping at the next safe point. Once more leaves at once; either way the move can be resumed.";

    public const string Defect = "This is a defect of octomove.";

    public static string DefectToDo(string? log) => log is null
        ? "The text below says where. Nothing is lost: the journal in the move folder says what was done."
        : $"The log is in {log}. Nothing is lost: the journal in the move folder says what was done.";
}
