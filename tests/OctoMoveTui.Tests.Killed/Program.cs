using System.Diagnostics;
using System.Globalization;
using OctoMoveTui.Engine.Files;

// The engine's copy in a process of its own, which kills itself at the n-th time that a moment comes; a moment that never comes lets it end.
// It prints every moment, so that whoever started it knows what was copied; "killed" is its last line when it died of itself.
//
//   source destination manifest lines-in-a-batch moment n

if (args is not [var source, var destination, var manifest, var batchOf, var moment, var nth])
{
    return 2;
}

var left = int.Parse(nth, CultureInfo.InvariantCulture);
var totals = await new DirectoryCopier(TimeProvider.System)
{
    Seams = new CopySeams(At, BatchOf: int.Parse(batchOf, CultureInfo.InvariantCulture)),
}.CopyAsync(new CopyJob("TaskLogs", source, destination, manifest), _ => { }, CancellationToken.None);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"done {totals.Files}"));
return 0;

void At(CopyMoment at, string path)
{
    Console.WriteLine($"{at} {path}");
    if (at.ToString() != moment || Interlocked.Decrement(ref left) != 0)
    {
        return;
    }

    Console.WriteLine("killed");
    using var me = Process.GetCurrentProcess();
    me.Kill(); // SIGKILL on Unix, TerminateProcess on Windows: nothing gets to clean up
    Thread.Sleep(Timeout.Infinite);
}
