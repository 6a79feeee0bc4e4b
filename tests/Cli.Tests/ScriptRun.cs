using System.Diagnostics;

namespace ScoreSde.Cli.Tests;

/// <summary>A program that nobody types anything to, run to its end.</summary>
internal static class ScriptRun
{
    /// <summary>Its exit code and what it wrote; fails after a minute.</summary>
    public static (int Code, string Output, string Error) Of(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000), $"{start.FileName} hangs");
        return (process.ExitCode, output, error.Result);
    }
}
