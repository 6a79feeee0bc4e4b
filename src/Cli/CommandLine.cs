using System.CommandLine;
using System.CommandLine.Parsing;
using ScoreSde.Cli.Commands;
using ScoreSde.Cli.Terminal;
using ScoreSde.Solvers.Integration;
using ScoreSde.Training;

namespace ScoreSde.Cli;

/// <summary>
/// The command line as a function: arguments in, exit code out. 0 is success, 1 a failure on the way, 2 bad input (one line says what was
/// given and what is allowed), 130 an interruption.
/// </summary>
public static class CommandLine
{
    public const int Success = 0, Failure = 1, BadInput = 2, Interrupted = 130;

    /// <summary>Parses and runs.</summary>
    public static int Run(IReadOnlyList<string> arguments, Display display, CancellationToken stop)
    {
        var parsed = Root(display, stop).Parse(arguments.Count == 0 ? ["--help"] : arguments);
        var command = parsed.CommandResult.Command;
        var name = command is RootCommand ? "scoresde" : "scoresde " + command.Name;
        try
        {
            if (parsed.Errors.Count > 0)
                throw new BadInputException(command is RootCommand && parsed.UnmatchedTokens is [var unknown, ..]
                    ? $"there is no command '{unknown}'; there are: {string.Join(", ", command.Subcommands.Select(c => c.Name))}"
                    : parsed.Errors[0].Message);
            return parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = display.Output, Error = display.Error,
            });
        }
        catch (OperationCanceledException)
        {
            display.Complain($"{name}: interrupted");
            return Interrupted;
        }
        catch (Exception e) when (e is BadInputException or ArgumentException or FileNotFoundException or DirectoryNotFoundException or InvalidDataException)
        {
            display.Complain($"{name}: {FirstLine(e)}");
            return BadInput;
        }
        catch (Exception e) when (e is NumericalFailureException or TrainingFailedException or IOException or UnauthorizedAccessException)
        {
            display.Complain($"{name}: {FirstLine(e)}");
            return Failure;
        }
        catch (Exception e) when (Innermost(e) is DllNotFoundException missing)
        {
            display.Complain($"{name}: libtorch could not be loaded: {FirstLine(missing)}");
            return Failure;
        }
    }

    private static RootCommand Root(Display display, CancellationToken stop)
    {
        var root = new RootCommand(
            """
            Diffusion as a continuous process: networks that learn a score, and solvers that walk back from noise to data.

            New here? Run   ./scoresde quickstart   and open the page it writes. Every command explains itself: ./scoresde sample --help
            """)
        {
            QuickstartCommand.Create(display, stop),
            SampleCommand.Create(display, stop),
            TrainCommand.Create(display, stop),
            ForwardCommand.Create(display),
            ParticlesCommand.Create(display, stop),
            SimulateCommand.Create(display, stop),
            ExplainCommand.Create(display),
            VerifyCommand.Create(display, stop),
            ConformCommand.Create(display, stop),
            OptimizeGridCommand.Create(display, stop),
            ListCommand.Create(display),
            InfoCommand.Create(display),
        };
        return root;
    }

    /// <summary>What is wrong in one line: without the parameter name that .NET adds.</summary>
    private static string FirstLine(Exception e)
    {
        var line = e.Message.Split('\n')[0].TrimEnd();
        var parameter = line.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return parameter > 0 ? line[..parameter] : line;
    }

    private static Exception Innermost(Exception e)
    {
        while (e is TypeInitializationException or System.Reflection.TargetInvocationException && e.InnerException is { } inner) e = inner;
        return e;
    }
}
