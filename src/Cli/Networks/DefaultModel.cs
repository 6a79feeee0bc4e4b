namespace ScoreSde.Cli.Networks;

/// <summary>The network that comes with the repository.</summary>
internal static class DefaultModel
{
    private const string Folder = "models/fashion-mnist";

    /// <summary>Its folder: looked for in the current directory and its parents, then from where the program is; null where it is missing.</summary>
    public static string? Find()
    {
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
            for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
                if (File.Exists(Path.Combine(folder, Folder, "config.json"))) return Path.Combine(folder, Folder);
        return null;
    }

    /// <summary>Its folder.</summary>
    /// <exception cref="BadInputException">It is missing; the message says what to do.</exception>
    public static string Require() => Find()
        ?? throw new BadInputException($"the network that comes with ScoreSde is missing ({Folder}); train one with: ./scoresde train --data fashion-mnist --out {Folder}");
}
