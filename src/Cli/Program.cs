using ScoreSde.Cli;
using ScoreSde.Cli.Networks;
using ScoreSde.Cli.Terminal;

// The first Ctrl-C (or a request to end) stops at the next step and keeps what is done; a second one ends at once.
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
LibtorchLoading.BeginFor(args);
return CommandLine.Run(args, Display.OfConsole(), stop.Token);
