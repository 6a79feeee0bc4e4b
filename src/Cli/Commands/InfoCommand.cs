using System.CommandLine;
using ScoreSde.Cli.Terminal;

namespace ScoreSde.Cli.Commands;

internal static class InfoCommand
{
    public static Command Create(Display display)
    {
        var command = new Command("info", "Shows");
        command.SetAction(_ => { display.Say("x"); return 0; });
        return command;
    }
}
