using System.Globalization;

namespace ScoreSde.Training;

/// <summary>
/// The loss log of a run, <c>loss.csv</c>. Each row is written at once; a run that resumes takes away rows after its checkpoint, and a row
/// that was cut off, so that the file is as if nothing had happened.
/// </summary>
public sealed class LossLog
{
    /// <summary>Name of the file in the folder of the run.</summary>
    public const string FileName = "loss.csv";

    /// <summary>The first line.</summary>
    public const string Header = "step,loss,learning_rate,gradient_norm,images_per_second";

    private readonly string _path;

    /// <summary>The log in a folder that is there, without rows after <paramref name="step"/> steps.</summary>
    public LossLog(string folder, long step)
    {
        _path = Path.Combine(folder, FileName);
        var kept = new List<string> { Header };
        if (File.Exists(_path))
        {
            var text = File.ReadAllText(_path);
            foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
                if (long.TryParse(line.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row <= step) kept.Add(line);
        }
        var temporary = _path + ".new";
        File.WriteAllText(temporary, string.Join('\n', kept) + "\n");
        File.Move(temporary, _path, overwrite: true);
    }

    /// <summary>Adds a row.</summary>
    public void Add(in TrainingProgress progress) => File.AppendAllText(_path, string.Create(CultureInfo.InvariantCulture,
        $"{progress.Step},{progress.Loss:R},{progress.LearningRate:R},{progress.GradientNorm:R},{progress.ImagesPerSecond:F1}\n"));
}
