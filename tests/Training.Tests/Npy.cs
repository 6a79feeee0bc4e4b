using System.Runtime.InteropServices;
using System.Text;

namespace ScoreSde.Training.Tests;

/// <summary>Writes .npy files of 32-bit numbers, as NumPy would.</summary>
internal static class Npy
{
    public static void Write(string path, int[] shape, float[] values) =>
        File.WriteAllBytes(path, [.. Header("<f4", shape), .. MemoryMarshal.AsBytes(values.AsSpan())]);

    public static byte[] Header(string type, int[] shape, string order = "False")
    {
        var sizes = shape.Length == 1 ? $"{shape[0]}," : string.Join(", ", shape);
        var text = $"{{'descr': '{type}', 'fortran_order': {order}, 'shape': ({sizes}), }}".PadRight(117) + "\n";
        return [0x93, .. Encoding.ASCII.GetBytes("NUMPY"), 1, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text)];
    }
}
