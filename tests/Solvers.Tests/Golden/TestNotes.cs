namespace ScoreSde.Solvers.Tests.Golden;

/// <summary>
/// Lines for whoever runs the tests: appended to the file that the environment variable SCORESDE_TEST_NOTES names, which ./scoresde test prints
/// before its last line, and to the console.
/// </summary>
internal static class TestNotes
{
    public static void Add(string line)
    {
        Console.WriteLine(line);
        if (Environment.GetEnvironmentVariable("SCORESDE_TEST_NOTES") is { Length: > 0 } file) File.AppendAllText(file, line + Environment.NewLine);
    }
}
