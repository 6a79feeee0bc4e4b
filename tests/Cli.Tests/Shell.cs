using ScoreSde.Cli.Terminal;

namespace ScoreSde.Cli.Tests;

/// <summary>Runs the command line in this process and keeps what it says.</summary>
internal static class Shell
{
    public sealed record Outcome(int Code, string Output, string Error)
    {
        /// <summary>The one line of an error.</summary>
        public string ErrorLine => Assert.Single(Error.TrimEnd('\n').Split('\n'));
    }

    public static Outcome Run(params string[] arguments) => Run(CancellationToken.None, arguments);

    public static Outcome Run(CancellationToken stop, params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var code = CommandLine.Run(arguments, new Display(output, error, interactive: false), stop);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    /// <summary>A folder that is gone after the action; its name has a space.</summary>
    public static void InFolder(Action<string> action)
    {
        var folder = Directory.CreateTempSubdirectory("command line ").FullName;
        try
        {
            action(folder);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
