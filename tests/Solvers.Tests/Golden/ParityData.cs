namespace ScoreSde.Solvers.Tests.Golden;

/// <summary>The recorded runs that come with the tests.</summary>
internal static class ParityData
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Golden", "Data");

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));
}
