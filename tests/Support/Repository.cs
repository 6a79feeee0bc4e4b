namespace ScoreSde.Tests.Support;

/// <summary>The checkout that the tests were built in.</summary>
public static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ScoreSde.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"there is no ScoreSde.sln above {AppContext.BaseDirectory}");
        return folder;
    }
}
