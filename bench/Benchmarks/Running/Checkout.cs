namespace ScoreSde.Benchmarks.Running;

/// <summary>The repository this program was built in.</summary>
internal static class Checkout
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>Where results are kept.</summary>
    public static string Results => Path.Combine(Root, "bench", "results");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ScoreSde.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("run from a checkout: bench/peers is not beside this program");
    }
}
