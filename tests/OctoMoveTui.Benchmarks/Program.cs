using System.Globalization;
using OctoMoveTui.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// One measured run is a process of its own, as rsync and cp are.
if (args is [Child.Word, .. var what])
{
    return await Child.RunAsync(what);
}

if (Options.Read(args) is not { } options)
{
    Console.Error.WriteLine(Options.Help);
    return 2;
}

using var bench = new Bench(options);
await bench.RunAsync();
return 0;
