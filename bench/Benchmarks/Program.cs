using ScoreSde.Benchmarks;
using ScoreSde.Cli.Terminal;

// An interruption ends the contest that runs and keeps those that were done.
using var stop = new CancellationTokenSource();
using var onTerminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
});
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
return BenchCommand.Run(args, Display.OfConsole(), stop.Token);
