using ScoreSde.Models.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models;

/// <summary>
/// Named tensors in a file of the safetensors format: the length of a JSON header (8 bytes, little endian), the header, then every tensor's
/// elements, little endian and without gaps. The format holds no code, so a file from elsewhere can be read without trusting it.
/// </summary>
public static class SafeTensors
{
    /// <summary>
    /// Writes a file, whole or not at all. Tensors may be on any device and of any strides. The layout does not depend on the order of the
    /// dictionary: wider elements come first, so that each tensor is aligned, then ordinal order of names.
    /// </summary>
    /// <param name="path">Where to.</param>
    /// <param name="tensors">What. None of the names may be <c>__metadata__</c>.</param>
    /// <param name="metadata">Text kept beside the tensors; none is written when null.</param>
    /// <exception cref="ArgumentException">A tensor's type has no name in the format (complex and quantized types), or a name is reserved.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var header = SafeTensorsHeader.For(tensors, metadata);
        WholeFile.Write(path, stream =>
        {
            header.Write(stream);
            foreach (var entry in header.Entries)
            {
                using var scope = NewDisposeScope();
                ForEachPart(tensors[entry.Name].detach().cpu().contiguous(), part => stream.Write(part.bytes));
            }
        });
    }

    /// <summary>Reads a file. The tensors are on the CPU and belong to the result, not to the open scope.</summary>
    /// <exception cref="InvalidDataException">The file is not of the format, is cut short, or its header does not fit its data.</exception>
    public static SafeTensorsContent Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var header = SafeTensorsHeader.Read(stream, path);
        var content = new SafeTensorsContent(header.Metadata);
        try
        {
            foreach (var entry in header.Entries)
            {
                var tensor = empty(entry.Shape, entry.Type.Scalar, CPU).DetachFromDisposeScope();
                content.Add(entry.Name, tensor);
                using var scope = NewDisposeScope();
                ForEachPart(tensor, part => stream.ReadExactly(part.bytes));
            }

            return content;
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>Views of a contiguous tensor that are small enough for a span of bytes.</summary>
    private static void ForEachPart(Tensor tensor, Action<Tensor> use)
    {
        const long elements = 1 << 24;
        var flat = tensor.flatten();
        long count = flat.numel();
        for (long start = 0; start < count; start += elements)
        {
            using var part = flat.narrow(0, start, Math.Min(elements, count - start));
            use(part);
        }
    }
}
