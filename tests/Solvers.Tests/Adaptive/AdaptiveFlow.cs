using System.Runtime.Intrinsics;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;
using ScoreSde.Solvers.States.Reals;

namespace ScoreSde.Solvers.Tests.Adaptive;

/// <summary>Flows of the ring and of a Gaussian that adaptive runs are tested on.</summary>
internal static class AdaptiveFlow
{
    public static readonly VariancePreserving Vp = new(new LinearSchedule(0.1, 20));
    public static readonly GaussianMixture Ring = GaussianMixture.Ring();
    public static readonly Gaussian Blob = new([1.0, -2.0], new double[,] { { 1.2, 0.3 }, { 0.3, 0.5 } });

    public static IEnumerable<IEmbeddedPair> Pairs() => SolverCatalogue.Instance.All.OfType<IEmbeddedPair>();

    public static double FlowError(IEmbeddedPair pair, double tolerance, double maxStep = double.PositiveInfinity)
    {
        var start = Normals(8);
        var run = AdaptiveRun.Flow<Points, PointReal, PointReal, PointsLawScore>(
            pair, Vp, start, new PointsLawScore(Blob), 1, 1e-3, new AdaptiveOptions { Tolerance = StepTolerance.Of(tolerance), MaxStep = maxStep });
        Assert.Equal(RunStatus.Completed, run.Status);
        var worst = 0.0;
        for (var i = 0; i < start.Count; i++)
        {
            var exact = new double[2];
            Blob.Flow(start[i], Vp.At(1), Vp.At(1e-3), exact);
            for (var j = 0; j < 2; j++) worst = Math.Max(worst, Math.Abs(exact[j] - run.State[i][j]));
        }
        return worst;
    }

    public static AdaptiveResult<Points, PointReal> Flow(IEmbeddedPair pair, Points start, double tolerance, double[]? saveAt = null, long limit = long.MaxValue) =>
        AdaptiveRun.Flow<Points, PointReal, PointReal, PointsLawScore>(
            pair, Vp, start, new PointsLawScore(Ring), 1, 1e-3, new AdaptiveOptions { Tolerance = StepTolerance.Of(tolerance), SaveAt = saveAt ?? [], MaxEvaluations = limit });

    public static Points Normals(int count) => new PointsDraws(11, NoiseStream.Prior, 0, count, 2).Normal(0);

    public static float[] Floats(Points points) => [.. points.Values.ToArray().Select(v => (float)v)];

    public static Points Rounded(Points points) => new([.. Floats(points).Select(v => (double)v)], 2);

    public static Vector512<float> Turn(Vector512<float> v) => Vector512.Create(v.GetUpper(), v.GetLower());

    public static LanesMixtureScore<Lanes2> RingOnLanes() => new([.. Ring.Means.ToArray().SelectMany(m => m)], Ring.SharedVariance!.Value, Ring.Weights);
}
