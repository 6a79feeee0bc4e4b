using ScoreSde.Models.States;
using ScoreSde.Solvers.Noise;
using static TorchSharp.torch;

namespace ScoreSde.Cli.Conformance;

/// <summary>Normals on the device have the bits of the definition, whatever the shape, the stream and the sample.</summary>
internal static class NoiseChecks
{
    // Samples about 2^32, where the second word of the index begins to count, and the last ones there are.
    private static readonly long[] Firsts = [0, 41, (1L << 32) - 3, NoiseCounter.LargestSample - 8];

    public static IEnumerable<Check> All =>
        from type in new[] { ScalarType.Float32, ScalarType.Float64 }
        from shape in new long[][] { [9, 1], [9, 2], [9, 3], [7, 8], [5, 3, 17], [3, 1, 28, 28] }
        select new Check($"noise [{string.Join(", ", shape)}] {type}", device => Look(device, type, shape));

    private static Finding Look(Device device, ScalarType type, long[] shape)
    {
        var d = (int)shape.Skip(1).Aggregate(1L, (a, b) => a * b);
        var worst = new Finding(0, 0, $"numbers of {shape[0] * d} with other bits");
        using var scope = NewDisposeScope();
        foreach (var first in Firsts)
            foreach (var stream in new[] { NoiseStream.Prior, NoiseStream.Step, NoiseStream.Corrector })
                foreach (var draw in new uint[] { 0, 1, 2, 3, uint.MaxValue })
                {
                    const ulong seed = 0x9E3779B97F4A7C15;
                    var expected = new double[shape[0] * d];
                    for (var i = 0; i < expected.Length; i++) expected[i] = NormalNoise.At(seed, stream, draw, first + i / d, i % d, d);
                    var found = new TensorDraws(seed, stream, first, shape, type, device).Normal(draw).Value;
                    worst = Finding.Worse(worst, Finding.Bits(expected, ConformanceSuite.Numbers(found)));
                }
        return worst;
    }
}
