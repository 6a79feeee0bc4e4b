using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Torch.Tests;

/// <summary>Numbers that PyTorch's Python interface computed (Data/reference.py), and the inputs it computed them for.</summary>
internal static class Reference
{
    private static readonly JsonElement Root = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "reference.json"))).RootElement;

    /// <summary>cos(0.37 k + shift) for k = 0, 1, ... in row-major order, in double precision.</summary>
    internal static Tensor Values(long[] shape, double shift = 0)
    {
        long count = shape.Aggregate(1L, static (product, size) => product * size);
        return tensor(Enumerable.Range(0, (int)count).Select(k => Math.Cos(0.37 * k + shift)).ToArray(), shape);
    }

    internal static double[][] Optimizer(string name) =>
        [.. Root.GetProperty("optimizers").GetProperty(name).EnumerateArray().Select(Numbers)];

    /// <summary>
    /// The difference may be some units in the last place: inputs come from two implementations of cos, and libtorch's kernels differ between
    /// widths of vector instructions. 1e-12 is 4500 units of double precision at 1, for sums of up to 54 terms.
    /// </summary>
    internal static void Equal(string name, Tensor actual)
    {
        var expected = Root.GetProperty("functions").GetProperty(name);
        Assert.Equal([.. expected.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt64())], actual.shape);
        double[] wanted = Numbers(expected.GetProperty("values"));
        double[] got = actual.contiguous().data<double>().ToArray();
        for (int i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - got[i]) <= 1e-12 * Math.Max(1, Math.Abs(wanted[i])), $"{name}[{i}]: {got[i]:r}, not {wanted[i]:r}");
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(static number => number.GetDouble())];
}
