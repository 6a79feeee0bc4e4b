using ScoreSde.Benchmarks;
using ScoreSde.Cli.Terminal;

// An interruption ends the contest that runs and keeps those that were done.
using var interruption = new Interruption();
return BenchCommand.Run(args, Display.OfConsole(), interruption.Token);
