using System.Runtime.Intrinsics;
using ScoreSde.Sde;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;
using ScoreSde.Solvers.States.Reals;
using static ScoreSde.Solvers.Tests.Adaptive.AdaptiveFlow;

namespace ScoreSde.Solvers.Tests.Adaptive;

/// <summary>Errors of adaptive runs follow their tolerance.</summary>
public class AdaptiveAccuracyTests
{
    [Fact]
    public void Error_FollowsTheTolerance_WithSlopeOne_ForEveryPair()
    {
        // The exact flow of a Gaussian. h goes like tol^(1/k), k = order of the embedded solution + 1, and the error of the solution carried on like h^k for
        // all pairs here: slope 1. The window is the asymptotic one (1e-5 to 1e-7 for order 2, whose steps become many); measured 0.86 to 1.17.
        foreach (var pair in Pairs())
        {
            var (loose, tight) = pair.Tableau.Order < 3 ? (1e-5, 1e-7) : (1e-7, 1e-10);
            var slope = Math.Log(FlowError(pair, loose) / FlowError(pair, tight)) / Math.Log(loose / tight);
            Assert.True(slope is > 0.8 and < 1.25, $"{pair.Card.Name}: error goes like tol^{slope:f3}");
        }
    }

    [Fact]
    public void Error_FromLooseToTight_StaysWithinAFactorOfTheTolerance()
    {
        foreach (var tolerance in new[] { 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9 })
            foreach (var pair in new IEmbeddedPair[] { new DormandPrinceFive(), new TsitourasFive(), new DormandPrinceEight() })
                // Local errors add up over the steps: measured at most 1.0 tolerances with steps up to 0.05; allowed three times that. (Without the bound a
                // first step from t = 1, where the flow hardly moves, may outrun the estimate: 71 tolerances were measured.)
                Assert.True(FlowError(pair, tolerance, 0.05) < 3 * tolerance, $"{pair.Card.Name} at {tolerance}: {FlowError(pair, tolerance, 0.05)}");
    }

    [Fact]
    public void Lanes_AgreeWithDoubles_ToTheTolerance()
    {
        var points = Normals(16);
        var lanes = AdaptiveRun.Flow<Lanes2, Vector512<float>, LaneReal, LanesMixtureScore<Lanes2>>(
            new DormandPrinceFive(), Vp, LaneMath.Load<Lanes2>(Floats(points)), RingOnLanes(), 1, 1e-3, new AdaptiveOptions { Tolerance = StepTolerance.Of(1e-5) });
        var exact = AdaptiveRun.Flow<Points, PointReal, PointReal, PointsLawScore>(
            new DormandPrinceEight(), Vp, Rounded(points), new PointsLawScore(Ring), 1, 1e-3, new AdaptiveOptions { Tolerance = StepTolerance.Of(1e-11) });
        var ends = new float[32];
        LaneMath.Store(lanes.State, ends);
        // Between two modes the flow stretches by up to 40 (measured): 1e-5 a step and 1e-6 of float noise, over 30 steps.
        for (var i = 0; i < ends.Length; i++) Assert.Equal(exact.State.Values[i], ends[i], 5e-3);
    }

    [Fact]
    public void SavedStates_AreOnTheSolution_InBothDirections()
    {
        foreach (var pair in Pairs())
        {
            foreach (var (from, to) in new[] { (1.0, 1e-3), (1e-3, 1.0) })
            {
                double[] at = from > to ? [0.9, 0.5, 0.123, 1e-3] : [0.01, 0.5, 0.75];
                var start = Normals(5);
                var run = AdaptiveRun.Flow<Points, PointReal, PointReal, PointsLawScore>(
                    pair, Vp, start, new PointsLawScore(Blob), from, to, new AdaptiveOptions { Tolerance = StepTolerance.Of(1e-6), SaveAt = at, MaxStep = 0.05 });
                Assert.Equal(at, run.Saved.Select(s => s.At.Time));
                foreach (var saved in run.Saved)
                    for (var i = 0; i < start.Count; i++)
                    {
                        var exact = new double[2];
                        Blob.Flow(start[i], Vp.At(from), Vp.At(saved.At.Time), exact);
                        // Measured at most 4.4e-6; Fehlberg's pair, whose two solutions differ by 1/512 of a slope only, 4.4e-4. Allowed twice that.
                        for (var j = 0; j < 2; j++) Assert.Equal(exact[j], saved.State[i][j], pair is FehlbergTwo ? 9e-4 : 9e-6);
                    }
            }
        }
    }

    [Fact]
    public void Stops_AreLandedOnToTheBit_AndAKinkCostsFewerRejections()
    {
        var times = new List<double>();
        var options = new AdaptiveOptions { Tolerance = StepTolerance.Of(1e-8), Stops = [1.0 / 3, 0.7] };
        AdaptiveResult<Scalar, double> Solve(AdaptiveOptions o)
        {
            times.Clear();
            return AdaptiveRun.Shared<Scalar, double, DoubleReal, Scalar, Kink>(new DormandPrinceFive(), new Kink(times), 0, 0, 1, o);
        }
        var landed = Solve(options);
        Assert.Contains(1.0 / 3, times);
        Assert.Contains(0.7, times);
        Assert.Equal(1, landed.At);
        // ∫|t − 1/3| = 1/18 + 2/9; with the stop every step is exact.
        Assert.Equal(1.0 / 18 + 2.0 / 9, landed.State.Value, 1e-14);
        Assert.Equal(0, landed.Rejected);
        Assert.True(Solve(options with { Stops = [] }).Rejected > 0);
        Assert.Throws<ArgumentException>(() => Solve(options with { Stops = [1.5] }));
    }

    [Fact]
    public void Rejections_AreFewWithAGoodController_AndThePiControllerHasNoMore()
    {
        var points = Normals(64);
        AdaptiveResult<Points, PointReal> Solve(StepController controller) => AdaptiveRun.Flow<Points, PointReal, PointReal, PointsLawScore>(
            new DormandPrinceFive(), Vp, points, new PointsLawScore(Ring), 1, 1e-3, new AdaptiveOptions { Tolerance = StepTolerance.Of(1e-6), Controller = controller });
        var (classic, smooth) = (Solve(new StepController()), Solve(StepController.Smooth));
        double Share(AdaptiveResult<Points, PointReal> run) => PointReal.Sum(run.RejectedSteps) / (PointReal.Sum(run.AcceptedSteps) + PointReal.Sum(run.RejectedSteps));
        Assert.InRange(Share(classic), 0.001, 0.4);
        Assert.True(Share(smooth) <= Share(classic), $"{Share(smooth)} and {Share(classic)}");
        Assert.Equal(RunStatus.Completed, smooth.Status);
    }
}
