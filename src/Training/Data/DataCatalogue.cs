namespace ScoreSde.Training.Data;

/// <summary>Data sets by name, for the command line and for checkpoints.</summary>
public static class DataCatalogue
{
    /// <summary>The sets that have names of their own.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. PlaneSet.All.Select(set => set.Description.Name), "fashion-mnist"];

    /// <summary>
    /// The set of a name: <c>ring</c>, <c>moons</c>, <c>swiss-roll</c>, <c>checkerboard</c>, <c>fashion-mnist</c>, a <c>.npy</c> file, or
    /// an IDX file of images (<c>images</c> or <c>images:labels</c>).
    /// </summary>
    /// <exception cref="ArgumentException">No such name and no such file.</exception>
    /// <exception cref="InvalidDataException">The file is broken.</exception>
    public static ITrainingData Open(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name == "fashion-mnist") return FashionMnist.Train();
        if (PlaneSet.All.FirstOrDefault(set => set.Description.Name == name) is { } plane) return plane;
        if (File.Exists(name)) return name.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ? StoredData.FromNpy(name) : StoredData.FromIdx(name);
        var colon = name.LastIndexOf(':');
        if (colon > 0 && File.Exists(name[..colon]) && File.Exists(name[(colon + 1)..])) return StoredData.FromIdx(name[..colon], name[(colon + 1)..]);
        throw new ArgumentException($"no data set '{name}': neither one of {string.Join(", ", Names)} nor a file", nameof(name));
    }
}
