using ScoreSde.Cli;
using ScoreSde.Cli.Networks;
using ScoreSde.Cli.Terminal;

using var interruption = new Interruption();
LibtorchLoading.BeginFor(args);
return CommandLine.Run(args, Display.OfConsole(), interruption.Token);
