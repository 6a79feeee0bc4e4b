using System.Runtime.Intrinsics;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;
using ScoreSde.Solvers.States.Reals;
using static ScoreSde.Solvers.Tests.Adaptive.AdaptiveFlow;

namespace ScoreSde.Solvers.Tests.Adaptive;

/// <summary>A sample's steps are its own.</summary>
public class AdaptiveIndependenceTests
{
    [Fact]
    public void Points_AloneAndInAnyBatch_AreTheSameBits()
    {
        var points = Normals(24);
        foreach (var pair in Pairs())
        {
            var together = Flow(pair, points, 1e-5, saveAt: [0.7, 0.31]);
            for (var i = 0; i < points.Count; i += 7)
            {
                var alone = Flow(pair, new Points(points[i], 2), 1e-5, saveAt: [0.7, 0.31]);
                Assert.Equal(alone.State.Values.ToArray(), together.State[i].ToArray());
                Assert.Equal(alone.Saved[1].State.Values.ToArray(), together.Saved[1].State[i].ToArray());
                Assert.Equal(alone.AcceptedSteps.Values[0], together.AcceptedSteps.Values[i]);
                Assert.Equal(alone.RejectedSteps.Values[0], together.RejectedSteps.Values[i]);
            }
        }
    }

    [Fact]
    public void Lanes_InAnyOrder_AreTheSameBits()
    {
        var start = LaneMath.Load<Lanes2>(Floats(Normals(16)));
        var turned = Lanes2.FromCoordinates([Turn(start.X), Turn(start.Y)]);
        var options = new AdaptiveOptions { Tolerance = StepTolerance.Of(1e-5) };
        var model = RingOnLanes();
        var straight = AdaptiveRun.Flow<Lanes2, Vector512<float>, LaneReal, LanesMixtureScore<Lanes2>>(new DormandPrinceFive(), Vp, start, model, 1, 1e-3, options);
        var other = AdaptiveRun.Flow<Lanes2, Vector512<float>, LaneReal, LanesMixtureScore<Lanes2>>(new DormandPrinceFive(), Vp, turned, model, 1, 1e-3, options);
        Assert.Equal(Turn(straight.State.X), other.State.X);
        Assert.Equal(Turn(straight.State.Y), other.State.Y);
        Assert.Equal(Turn(straight.AcceptedSteps), other.AcceptedSteps);
    }

    [Fact]
    public void AHardSample_DoesNotSlowTheOthers_ButSlowsABatchThatSharesItsStep()
    {
        // 63 points whose drift is slow and one whose drift is fast.
        var rates = new double[64];
        Array.Fill(rates, 1);
        rates[20] = 300;
        var ones = Points.Filled(64, 1, 1);
        var sde = new Decay(rates);
        var options = new AdaptiveOptions { Tolerance = StepTolerance.Of(1e-6) };
        var pair = new DormandPrinceFive();
        var own = new EmbeddedRungeKutta<Points, PointReal, PointReal, PointReal, PerSample<Points, PointReal, PointReal>, DecayField>(
            pair.Tableau, null, new DecayField(rates), options.Tolerance);
        var alone = AdaptiveIntegrator.Run<Points, PointReal, PointReal, PointReal, PerSample<Points, PointReal, PointReal>,
            EmbeddedRungeKutta<Points, PointReal, PointReal, PointReal, PerSample<Points, PointReal, PointReal>, DecayField>>(ref own, ones, 0, 1, options);
        var shared = AdaptiveRun.Shared<Points, PointReal, PointReal, Points, Decay>(pair, sde, ones, 0, 1, options, Sharing.Worst);
        Assert.True(alone.AcceptedSteps.Values[0] < 15 && alone.AcceptedSteps.Values[20] > 80);
        Assert.True(shared.Accepted > 80);
        for (var i = 0; i < 64; i++) Assert.Equal(Math.Exp(-rates[i]), alone.State.Values[i], 2e-6);
    }

    [Fact]
    public void BatchNorm_HidesAHardSample_AndTheWorstNormDoesNot()
    {
        var rates = new double[1024];
        rates[5] = 40;
        var ones = Points.Filled(1024, 1, 1);
        var options = new AdaptiveOptions { Tolerance = new StepTolerance(0, 1e-4) };
        double Error(Sharing sharing)
        {
            var run = AdaptiveRun.Shared<Points, PointReal, PointReal, Points, Decay>(
                new DormandPrinceFive(), new Decay(rates), ones, 0, 0.1, options, sharing);
            return Math.Abs(run.State.Values[5] - Math.Exp(-4));
        }
        Assert.True(Error(Sharing.Worst) < 4e-4, $"{Error(Sharing.Worst)}");
        Assert.True(Error(Sharing.Batch) > 4 * Error(Sharing.Worst), $"{Error(Sharing.Batch)} against {Error(Sharing.Worst)}");
    }
}
