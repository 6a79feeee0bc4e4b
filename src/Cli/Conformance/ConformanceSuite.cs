using ScoreSde.Models.States;
using ScoreSde.Sde;
using ScoreSde.Solvers.Noise;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Cli.Conformance;

/// <summary>
/// What has to hold on a device for it to count as one that ScoreSde runs on: noise by its bits, linear forms, laws, every solver against doubles, networks,
/// replayed calls, a training step, and what a run promises (independence of the batch, the name of a sample that is not finite).
/// </summary>
internal static class ConformanceSuite
{
    /// <summary>All checks, cheapest first.</summary>
    public static IEnumerable<Check> All =>
        NoiseChecks.All.Concat(FormChecks.All).Concat(LawChecks.All).Concat(RunChecks.All).Concat(NetworkChecks.All).Concat(NetworkChecks.Fused).Concat(ReplayChecks.All).Concat(TrainingChecks.All).Concat(SolverChecks.All);

    /// <summary>Half the distance from 1 to the next number of a type.</summary>
    public static double Rounding(ScalarType type) => type switch
    {
        ScalarType.Float64 => 1.1102230246251565e-16,
        ScalarType.Float32 => 5.9604644775390625e-8,
        ScalarType.BFloat16 => 0.00390625,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>A tensor's numbers in double, in the program's memory.</summary>
    public static double[] Numbers(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
    }

    /// <summary>Standard normals, the same on every device.</summary>
    public static Tensor Normals(long[] shape, uint draw, ScalarType type, Device device) =>
        new TensorDraws(2024, NoiseStream.Probe, 0, shape, type, device).Normal(draw).Value;

    /// <summary>The process of the checks: linear variance preserving.</summary>
    public static ForwardSde Process { get; } = new VariancePreserving(new LinearSchedule(0.1, 20));
}
