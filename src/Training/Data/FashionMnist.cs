namespace ScoreSde.Training.Data;

/// <summary>Fashion-MNIST (Xiao, Rasul and Vollgraf, 1708.07747): 60 000 grey images of 28 × 28 in ten classes, 10 000 more for tests.</summary>
/// <remarks>
/// The files are looked for in the folder that the environment variable <c>SCORESDE_DATA</c> names, in its subfolder
/// <c>fashion-mnist</c>, and where Debian's package <c>dataset-fashion-mnist</c> puts them.
/// </remarks>
public static class FashionMnist
{
    /// <summary>The classes in the order of their labels.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle-boot"];

    /// <summary>The 60 000 images to train on.</summary>
    public static StoredData Train() => Load("train");

    /// <summary>The 10 000 images to test with.</summary>
    public static StoredData Test() => Load("t10k");

    /// <summary>Where the files are; null if they are nowhere.</summary>
    public static string? Folder()
    {
        var own = Environment.GetEnvironmentVariable("SCORESDE_DATA");
        string?[] places = [own, own is null ? null : Path.Combine(own, "fashion-mnist"), "/usr/share/datasets/fashion-mnist"];
        return places.FirstOrDefault(place => place is not null && Images(place, "train") is not null);
    }

    private static StoredData Load(string part)
    {
        var folder = Folder() ?? throw new FileNotFoundException(
            "Fashion-MNIST is not here. Install Debian's package dataset-fashion-mnist, or set SCORESDE_DATA to a folder with train-images-idx3-ubyte.gz and its companions.");
        var images = Images(folder, part) ?? throw new FileNotFoundException($"{folder} has no {part}-images-idx3-ubyte");
        return StoredData.FromIdx(images, images.Replace("images-idx3", "labels-idx1", StringComparison.Ordinal), "fashion-mnist", ClassNames);
    }

    private static string? Images(string folder, string part)
    {
        var plain = Path.Combine(folder, $"{part}-images-idx3-ubyte");
        return File.Exists(plain + ".gz") ? plain + ".gz" : File.Exists(plain) ? plain : null;
    }
}
