using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ScoreSde.Cli.Terminal;

/// <summary>Help that goes on after the list of options: examples to copy, and what the words mean.</summary>
public static class Teaching
{
    /// <summary>Adds text below a command's help.</summary>
    public static Command Teach(this Command command, string text)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Options.Add(new HelpOption { Action = new HelpWithText(text) });
        return command;
    }

    private sealed class HelpWithText(string text) : SynchronousCommandLineAction
    {
        /// <summary>Help needs no arguments to be there.</summary>
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = new HelpAction().Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine(text);
            parseResult.InvocationConfiguration.Output.WriteLine();
            return code;
        }
    }
}
