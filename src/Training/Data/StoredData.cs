using ScoreSde.Models.Checkpoints;
using ScoreSde.Models.Files;

namespace ScoreSde.Training.Data;

/// <summary>
/// A set of stored samples. Every epoch passes over all of them once, in an order that is a pure function of seed and epoch.
/// </summary>
public sealed class StoredData : ITrainingData
{
    private readonly byte[]? _bytes;
    private readonly float[]? _floats;
    private readonly byte[]? _labels;
    private readonly int _size;
    private readonly int _count;
    private (ulong Seed, long Epoch, int[] Order)? _shuffled;

    /// <summary>Samples kept as bytes and scaled when read, or as floating-point numbers.</summary>
    /// <exception cref="InvalidDataException">Numbers of values and labels do not fit, or a label is beyond the classes.</exception>
    private StoredData(DataDescription description, int count, IReadOnlyList<long> shape, byte[]? bytes, float[]? floats, byte[]? labels, int classes)
    {
        (Description, Shape, Classes, _bytes, _floats, _labels, _count) = (description, shape, classes, bytes, floats, labels, count);
        _size = (int)shape.Aggregate(1L, (a, b) => a * b);
        if (labels is null) return;
        if (labels.Length != count) throw new InvalidDataException($"{description.Name}: {labels.Length} labels for {count} samples");
        foreach (var label in labels)
            if (label >= classes) throw new InvalidDataException($"{description.Name}: label {label}; there are {classes} classes");
    }

    /// <inheritdoc/>
    public DataDescription Description { get; }

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape { get; }

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public long? Count => _count;

    /// <summary>Images of an IDX file, bytes 0 … 255 as −1 … 1, with the labels of another if given.</summary>
    /// <param name="imagePath">A file of [n, height, width] or [n, channels, height, width].</param>
    /// <param name="labelPath">A file of [n] labels, or null.</param>
    /// <param name="name">Name of the set; the file's own if null.</param>
    /// <param name="classNames">Names of the classes; by default the labels count them.</param>
    /// <exception cref="InvalidDataException">A file is broken, or images and labels do not belong together.</exception>
    public static StoredData FromIdx(string imagePath, string? labelPath = null, string? name = null, IReadOnlyList<string>? classNames = null)
    {
        var images = IdxFile.Read(imagePath);
        if (images.Dimensions.Count is not (3 or 4))
            throw new InvalidDataException($"{imagePath} is [{string.Join(", ", images.Dimensions)}]; images are [n, height, width] or [n, channels, height, width]");
        long[] shape = images.Dimensions.Count == 3
            ? [1, images.Dimensions[1], images.Dimensions[2]]
            : [images.Dimensions[1], images.Dimensions[2], images.Dimensions[3]];
        byte[]? labels = null;
        if (labelPath is not null)
        {
            var file = IdxFile.Read(labelPath);
            if (file.Dimensions.Count != 1) throw new InvalidDataException($"{labelPath} is [{string.Join(", ", file.Dimensions)}]; labels are [n]");
            labels = file.Values;
        }
        var description = Bytes(name ?? Path.GetFileName(imagePath)) with { ClassNames = classNames ?? [] };
        return new StoredData(description, images.Dimensions[0], shape, images.Values, null, labels, labels is null ? 0 : classNames?.Count ?? labels.Max() + 1);
    }

    /// <summary>Samples of a <c>.npy</c> file: [n, d], [n, height, width] or [n, channels, height, width]; bytes become −1 … 1, other numbers stay.</summary>
    /// <exception cref="InvalidDataException">The file is broken, has another shape, or holds a number that is not finite.</exception>
    public static StoredData FromNpy(string path, string? name = null)
    {
        var file = NumpyArray.Load(path);
        var d = file.Shape;
        long[] shape = d.Length switch
        {
            2 => [d[1]],
            3 => [1, d[1], d[2]],
            4 => [d[1], d[2], d[3]],
            _ => throw new InvalidDataException($"{path} is [{string.Join(", ", d)}]; [n, d], [n, height, width] or [n, channels, height, width] are read"),
        };
        if (file.Length == 0) throw new InvalidDataException($"{path} is [{string.Join(", ", d)}]: it holds nothing");
        name ??= Path.GetFileName(path);
        var values = file.ToSingles();
        if (file.Type == "|u1") return new StoredData(Bytes(name), d[0], shape, Array.ConvertAll(values, v => (byte)v), null, null, 0);
        for (var i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i])) throw new InvalidDataException($"{path}: value {i} is {values[i]}");
        return new StoredData(new DataDescription { Name = name }, d[0], shape, null, values, null, 0);
    }

    /// <inheritdoc/>
    public int Read(TrainingRandomness randomness, long n, Span<float> x)
    {
        var index = Order(randomness, n / _count)[(int)(n % _count)];
        var label = _labels is null ? 0 : _labels[index];
        CopySample(index, x);
        return label;
    }

    /// <summary>Sample <paramref name="index"/> of the file, in model values.</summary>
    public void CopySample(int index, Span<float> x)
    {
        var start = index * (long)_size;
        if (_floats is not null)
        {
            _floats.AsSpan((int)start, _size).CopyTo(x);
            return;
        }
        var row = _bytes.AsSpan((int)start, _size);
        var (scale, offset) = ((float)Description.Scale, (float)Description.Offset);
        for (var i = 0; i < row.Length; i++) x[i] = scale * row[i] + offset;
    }

    /// <summary>The label of sample <paramref name="index"/> of the file; 0 if there are none.</summary>
    public int LabelOf(int index) => _labels is null ? 0 : _labels[index];

    /// <summary>Fisher–Yates with the randomness of the epoch. The last order is kept, so a run in sequence makes each once.</summary>
    private int[] Order(TrainingRandomness randomness, long epoch)
    {
        if (_shuffled is { } last && last.Seed == randomness.Seed && last.Epoch == epoch) return last.Order;
        var order = new int[_count];
        var uniforms = new double[_count];
        randomness.EpochUniforms(epoch, uniforms);
        for (var i = 0; i < order.Length; i++) order[i] = i;
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = (int)(uniforms[i] * (i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
        _shuffled = (randomness.Seed, epoch, order);
        return order;
    }

    private static DataDescription Bytes(string name) => new() { Name = name, Scale = 2.0 / 255, Offset = -1, Lowest = -1, Highest = 1 };
}
