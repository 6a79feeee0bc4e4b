using ScoreSde.Models.States;
using static TorchSharp.torch;

namespace ScoreSde.Cli.Conformance;

/// <summary>The arithmetic of a step, Σ cᵢ xᵢ: a chain of fused multiply-adds in the order of the terms.</summary>
internal static class FormChecks
{
    public static IEnumerable<Check> All =>
        from type in new[] { ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16 }
        from terms in new[] { 1, 2, 3, 7, 20 }
        select new Check($"linear form of {terms} terms, {type}", device => Look(device, type, terms));

    private static Finding Look(Device device, ScalarType type, int terms)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        long[] shape = [3, 5, 37];
        var sum = default(TensorState);
        var (expected, size) = (new double[3 * 5 * 37], new double[3 * 5 * 37]);
        for (var k = 0; k < terms; k++)
        {
            var (c, x) = (0.3 + 1.7 * Math.Sin(k + 1), ConformanceSuite.Normals(shape, (uint)k, ScalarType.Float32, device).to(type));
            var term = c * new TensorState(x);
            sum = k == 0 ? term : sum + term;
            var values = ConformanceSuite.Numbers(x);
            for (var i = 0; i < values.Length; i++)
            {
                expected[i] = Add(type, c, values[i], k == 0 ? null : expected[i]);
                size[i] += Math.Abs(c * values[i]);
            }
        }
        var found = ConformanceSuite.Numbers(sum.Value);
        if (type != ScalarType.BFloat16) return Finding.Bits(expected, found);
        // Plain operations of torch round each product and each sum, and the factors: 3 roundings a term of at most the sum of sizes.
        var largest = 0.0;
        for (var i = 0; i < found.Length; i++) largest = Math.Max(largest, Math.Abs(found[i] - expected[i]) / size[i]);
        return new Finding(largest, 3 * terms * ConformanceSuite.Rounding(type), "largest error in units of the sum of sizes");
    }

    /// <summary>The next link of the chain; the first is a product.</summary>
    private static double Add(ScalarType type, double c, double x, double? sum) => type switch
    {
        ScalarType.Float32 => sum is { } s ? MathF.FusedMultiplyAdd((float)c, (float)x, (float)s) : (float)c * (float)x,
        _ => sum is { } s ? Math.FusedMultiplyAdd(c, x, s) : c * x,
    };
}
