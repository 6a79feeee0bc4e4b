using ScoreSde.Sde;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;
using ScoreSde.Solvers.States.Reals;
using static ScoreSde.Solvers.Tests.Adaptive.AdaptiveFlow;

namespace ScoreSde.Solvers.Tests.Adaptive;

/// <summary>How adaptive runs end, and what they refuse.</summary>
public class AdaptiveEndingsTests
{
    [Fact]
    public void EvaluationLimit_KeepsTheStateAndSaysWhereItIs()
    {
        var full = Flow(new DormandPrinceFive(), Normals(4), 1e-8);
        var run = Flow(new DormandPrinceFive(), Normals(4), 1e-8, limit: full.Evaluations / 2);
        Assert.Equal(RunStatus.EvaluationLimit, run.Status);
        Assert.True(run.Evaluations <= full.Evaluations / 2);
        Assert.Contains("the slowest sample is at", run.Message, StringComparison.Ordinal);
        Assert.All(run.At.Values.ToArray(), t => Assert.InRange(t, 1e-3, 0.999));
        // Going on from there to the end gives the solution: the state was a state of the run.
        for (var i = 0; i < 4; i++)
        {
            var rest = AdaptiveRun.Flow<Points, PointReal, PointReal, PointsLawScore>(
                new DormandPrinceFive(), Vp, new Points(run.State[i], 2), new PointsLawScore(Ring), run.At.Values[i], 1e-3, new AdaptiveOptions { Tolerance = StepTolerance.Of(1e-8) });
            Assert.Equal(full.State[i][0], rest.State.Values[0], 1e-5);
        }
    }

    [Fact]
    public void ASingularity_EndsTheRunThere_AndOnlyThatSample()
    {
        // x' = x² from 1 reaches infinity at t = 1, from −1 it does not.
        var blow = AdaptiveRun.Shared<Scalar, double, DoubleReal, Scalar, Square>(new DormandPrinceFive(), default, 1, 0, 2, new AdaptiveOptions());
        Assert.Equal(RunStatus.StepTooSmall, blow.Status);
        Assert.InRange(blow.At, 0.999, 1.001);
        Assert.True(double.IsFinite(blow.State.Value));
        Assert.Contains("stuck at", blow.Message, StringComparison.Ordinal);

        var method = new EmbeddedRungeKutta<Points, PointReal, PointReal, PointReal, PerSample<Points, PointReal, PointReal>, SquareField>(
            new DormandPrinceFive().Tableau, null, default, StepTolerance.Of(1e-8));
        var two = AdaptiveIntegrator.Run<Points, PointReal, PointReal, PointReal, PerSample<Points, PointReal, PointReal>,
            EmbeddedRungeKutta<Points, PointReal, PointReal, PointReal, PerSample<Points, PointReal, PointReal>, SquareField>>(
            ref method, new Points([1.0, -1], 1), 0, 2, new AdaptiveOptions());
        Assert.Equal(RunStatus.StepTooSmall, two.Status);
        Assert.Contains("1 of 2 samples; the first, sample 0", two.Message, StringComparison.Ordinal);
        Assert.Equal(2, two.At.Values[1]);
        Assert.Equal(-1.0 / 3, two.State.Values[1], 1e-7);
    }

    [Fact]
    public void MinStep_StopsEarlier()
    {
        var run = AdaptiveRun.Shared<Scalar, double, DoubleReal, Scalar, Square>(new DormandPrinceFive(), default, 1, 0, 2, new AdaptiveOptions { MinStep = 1e-3 });
        Assert.Equal(RunStatus.StepTooSmall, run.Status);
        Assert.InRange(run.At, 0.5, 0.999);
    }

    [Fact]
    public void Cancellation_AndProgress_AreHeard()
    {
        using var source = new CancellationTokenSource();
        var shares = new List<double>();
        var run = AdaptiveRun.Flow<Points, PointReal, PointReal, PointsLawScore>(
            new DormandPrinceFive(), Vp, Normals(3), new PointsLawScore(Ring), 1, 1e-3, new AdaptiveOptions
            {
                Cancellation = source.Token,
                Progress = new Watch(p =>
                {
                    shares.Add(p.Share);
                    if (p.Trials == 5) source.Cancel();
                }),
            });
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.Equal(5, shares.Count);
        Assert.Equal(shares.Order(), shares);
        Assert.InRange(shares[^1], 0.01, 0.99);
    }

    [Fact]
    public void Noise_IsRefusedByPairsForOrdinaryEquations()
    {
        var sde = new ReverseProcess<Scalar, ScalarLawScore>(Vp, new ScalarLawScore(new Gaussian([0.0], 1)), 1);
        Assert.Contains("ordinary differential equations", Assert.Throws<ArgumentException>(() =>
            AdaptiveRun.Shared<Scalar, double, DoubleReal, Scalar, ReverseProcess<Scalar, ScalarLawScore>>(new DormandPrinceFive(), sde, 0, 1, 0.1, new AdaptiveOptions())).Message, StringComparison.Ordinal);
    }

    private sealed class Watch(Action<AdaptiveProgress> act) : IProgress<AdaptiveProgress>
    {
        public void Report(AdaptiveProgress value) => act(value);
    }
}
