using ScoreSde.Models.Scores;
using ScoreSde.Models.States;
using ScoreSde.Sde;
using static TorchSharp.torch;

namespace ScoreSde.Cli.Conformance;

/// <summary>Exact scores of every law on tensors of the device are the law's own formula in double, rounded to the tensor's type.</summary>
internal static class LawChecks
{
    /// <summary>A law of each kind, in the plane.</summary>
    public static IReadOnlyList<(string Name, IDataLaw Law)> Laws { get; } =
    [
        ("a point", new Delta([0.5, -1])),
        ("a Gaussian", new Gaussian([1, -2], new double[,] { { 1.5, 0.4 }, { 0.4, 0.7 } })),
        ("a Gaussian of rank 1", new Gaussian([0.2, 0.1], new double[,] { { 1, 0.5 }, { 0.5, 0.25 } })),
        ("a ring of Gaussians", GaussianMixture.Ring()),
        ("unequal Gaussians", new GaussianMixture([0.3, 0.7], new Gaussian([-1, 0], new double[,] { { 0.3, 0.1 }, { 0.1, 0.2 } }), new Gaussian([2, 1], 0.05))),
    ];

    public static IEnumerable<Check> All =>
        from law in Laws
        from type in new[] { ScalarType.Float32, ScalarType.Float64 }
        select new Check($"score of {law.Name}, {type}", device => Look(device, type, law.Law));

    private static Finding Look(Device device, ScalarType type, IDataLaw law)
    {
        var worst = new Finding(0, 0, "numbers of 600 with other bits");
        using var scope = NewDisposeScope();
        foreach (var t in new[] { 0.01, 0.3, 1 })
        {
            var level = ConformanceSuite.Process.At(t);
            var x = ConformanceSuite.Normals([300, 2], 3, type, device);
            var found = new LawScore(law).Evaluate(new TensorState(x), level).Value;
            if (found.device_type != x.device_type || found.dtype != type) return new Finding(1, 0, $"the score is {found.dtype} on {found.device_type}, one of those it was not given");
            var (points, expected) = (ConformanceSuite.Numbers(x), new double[600]);
            for (var i = 0; i < 300; i++) law.Score(points.AsSpan(2 * i, 2), level, expected.AsSpan(2 * i, 2));
            if (type == ScalarType.Float32)
                for (var i = 0; i < expected.Length; i++) expected[i] = (float)expected[i];
            worst = Finding.Worse(worst, Finding.Bits(expected, ConformanceSuite.Numbers(found)));
        }
        return worst;
    }
}
