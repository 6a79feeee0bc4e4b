using System.Globalization;
using System.Text.RegularExpressions;

namespace ScoreSde.Models.Checkpoints;

/// <summary>
/// The checkpoints of one training run: directories <c>checkpoint-000123</c>, and a file <c>latest</c> that names the one that counts.
/// </summary>
/// <remarks>
/// A new checkpoint is written aside, forced to the disk and given its name; then <c>latest</c> is renamed over. Whatever is cut off at
/// whatever moment, <c>latest</c> names a whole checkpoint. The two newest are kept.
/// </remarks>
public sealed partial class CheckpointFolder
{
    /// <summary>How many checkpoints stay.</summary>
    public const int Kept = 2;

    private const string LatestFile = "latest";

    /// <summary>The folder of a run; made when the first checkpoint is written.</summary>
    public CheckpointFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The directory of the newest whole checkpoint; null if there is none yet.</summary>
    /// <exception cref="InvalidDataException"><c>latest</c> names a directory that is not there.</exception>
    public string? Latest
    {
        get
        {
            var file = System.IO.Path.Combine(Path, LatestFile);
            if (!File.Exists(file)) return null;
            var name = File.ReadAllText(file).Trim();
            var directory = System.IO.Path.Combine(Path, name);
            return CheckpointName().IsMatch(name) && Directory.Exists(directory)
                ? directory
                : throw new InvalidDataException($"{file} names '{name}', which is no checkpoint of this folder");
        }
    }

    /// <summary>Adds a checkpoint: <paramref name="write"/> is given an empty directory to fill. Returns where it ended up.</summary>
    public string Add(long step, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Directory.CreateDirectory(Path);
        foreach (var stale in Directory.EnumerateDirectories(Path, ".writing-*")) Directory.Delete(stale, recursive: true);
        var temporary = System.IO.Path.Combine(Path, $".writing-{Environment.ProcessId}");
        Directory.CreateDirectory(temporary);
        write(temporary);
        foreach (var file in Directory.EnumerateFiles(temporary)) DurableFile.Force(file);
        DurableFile.ForceDirectory(temporary);

        // The same step again (a run that was resumed and saved at once) gets a name of its own: a directory cannot be renamed over another.
        string name, target;
        var generation = 0;
        do
        {
            name = $"checkpoint-{step.ToString("D6", CultureInfo.InvariantCulture)}" + (generation == 0 ? "" : $".{generation}");
            target = System.IO.Path.Combine(Path, name);
            generation++;
        }
        while (Directory.Exists(target));
        Directory.Move(temporary, target);
        DurableFile.ForceDirectory(Path);
        var before = Latest;
        DurableFile.Replace(System.IO.Path.Combine(Path, LatestFile), name + "\n");
        RemoveAllBut(target, before);
        return target;
    }

    /// <summary>The checkpoint a path stands for: the path itself if it holds one, or the latest of the run it holds.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Resolve(string path)
    {
        if (File.Exists(System.IO.Path.Combine(path, Checkpoint.ConfigFile))) return path;
        return new CheckpointFolder(path).Latest
            ?? throw new FileNotFoundException($"{path} holds no checkpoint: neither {Checkpoint.ConfigFile} nor {LatestFile} is there");
    }

    private void RemoveAllBut(params string?[] kept)
    {
        foreach (var directory in Directory.EnumerateDirectories(Path, "checkpoint-*"))
            if (CheckpointName().IsMatch(System.IO.Path.GetFileName(directory)) && !kept.Contains(directory)) Directory.Delete(directory, recursive: true);
    }

    [GeneratedRegex(@"^checkpoint-\d{6,}(\.\d+)?$")]
    private static partial Regex CheckpointName();
}
