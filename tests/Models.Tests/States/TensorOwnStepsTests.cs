using ScoreSde.Models.Networks;
using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Diffusion.Adaptive;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Solvers.States;
using ScoreSde.Solvers.States.Reals;
using TorchSharp;

namespace ScoreSde.Models.Tests.States;

/// <summary>Samples on tensors that choose their steps: the numbers of points, nothing of a sample's company, nothing left alive.</summary>
public class TensorOwnStepsTests
{
    private static readonly ForwardSde Vp = new VariancePreserving(new LinearSchedule(0.1, 20));
    private static readonly TimeGrid Ends = TimeGrid.Create(Vp, new UniformTime(), 1, 1, 1e-3);
    private static readonly GaussianMixture Ring = GaussianMixture.Ring();
    private static readonly AdaptiveOptions Options = new() { Tolerance = StepTolerance.Of(1e-5) };

    [Fact]
    [NoTensorLeaks]
    public void Flow_OnTensors_AgreesWithPointsSampleBySample()
    {
        using var scope = NewDisposeScope();
        foreach (var sde in new[] { Vp, new VarianceExploding(0.01, 50), ProcessCatalogue.Parse("vp-cosine") })
        {
            var from = sde is VarianceExploding ? 1 : 0.95;
            var start = Start(12, ScalarType.Float64, sde.At(from).Sigma);
            var options = Options with { SaveAt = [0.7, 0.31] };
            var tensors = Flow(start, sde, from, options);
            var points = AdaptiveRun.Flow<Points, PointReal, PointReal, PointsLawScore>(
                new DormandPrinceFive(), sde, new Points(Numbers(start), 2), new PointsLawScore(Ring), from, 1e-3, options);
            Assert.Equal(RunStatus.Completed, tensors.Status);
            Assert.Equal(points.Evaluations, tensors.Evaluations);
            Assert.Equal(points.AcceptedSteps.Values.ToArray(), tensors.AcceptedSteps.Numbers.Values.ToArray());
            Assert.Equal(points.RejectedSteps.Values.ToArray(), tensors.RejectedSteps.Numbers.Values.ToArray());
            // The same formulas in double, their sums in another order: some 1e-15 a stage, 40 steps of 6, and up to 40 times that between two modes.
            AssertNear(points.State, tensors.State, 1e-10);
            for (var k = 0; k < 2; k++) AssertNear(points.Saved[k].State, tensors.Saved[k].State, 1e-10);
        }
    }

    [Fact]
    [NoTensorLeaks]
    public void Sample_AloneAndInAnyBatch_IsTheSameBitsInAsManySteps()
    {
        foreach (var pair in new IEmbeddedPair[] { new DormandPrinceFive(), new BogackiShampine(), new FehlbergTwo() })
        {
            var request = Request(pair, 21) with { Batch = 21 };
            using var together = TensorSampler.Run(request, (_, _) => new LawScore(Ring));
            using var batches = TensorSampler.Run(request with { Batch = 8, Padded = true }, (_, _) => new LawScore(Ring));
            Assert.Equal(Floats(together.Samples), Floats(batches.Samples));
            Assert.Equal(together.Steps!.Accepted, batches.Steps!.Accepted);
            Assert.Equal(21, batches.Steps.Rejected.Count);
            for (var i = 0; i < 21; i += 5)
            {
                using var alone = TensorSampler.Run(request with { Count = 1, FirstSample = i }, (_, _) => new LawScore(Ring));
                Assert.Equal(Floats(together.Samples).AsSpan(2 * i, 2).ToArray(), Floats(alone.Samples));
                Assert.Equal((together.Steps.Accepted[i], together.Steps.Rejected[i]), (alone.Steps!.Accepted[0], alone.Steps.Rejected[0]));
                Assert.Equal(together.Steps.Evaluations[i], alone.Evaluations); // counted from the steps there, call by call here
                Assert.Equal(alone.Evaluations, alone.Steps.Evaluations[0]);
            }
        }
    }

    [Fact]
    [NoTensorLeaks]
    public void AHardSample_LeavesTheStepsOfTheOthersAsTheyWere()
    {
        // A flow that turns: its rate is 1 for 15 samples and 200 for one.
        using var scope = NewDisposeScope();
        double[] easy = [.. Enumerable.Repeat(1.0, 16)], hard = [.. easy];
        hard[5] = 200;
        var (without, with) = (Turn(easy), Turn(hard));
        for (var i = 0; i < 16; i++)
        {
            if (i == 5) continue;
            Assert.Equal(TensorReal.At(without.AcceptedSteps, i), TensorReal.At(with.AcceptedSteps, i));
            Assert.Equal(TensorReal.At(without.RejectedSteps, i), TensorReal.At(with.RejectedSteps, i));
            Assert.Equal(Numbers(without.State.Value)[2 * i], Numbers(with.State.Value)[2 * i]);
        }
        Assert.True(TensorReal.At(with.AcceptedSteps, 5) > 5 * TensorReal.At(without.AcceptedSteps, 5));
    }

    [Fact]
    [NoTensorLeaks]
    public void Trials_KeepTheNumberOfLiveTensorsConstant()
    {
        using var scope = NewDisposeScope();
        var live = new List<long>();
        var options = Options with { Progress = new Watch(() => live.Add(Tensor.TotalCount)) };
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            live.Clear();
            Flow(Start(4, type, 1), Vp, 1, options);
            Assert.True(live.Count > 10);
            Assert.Single(live.Skip(1).Distinct()); // the first trial has the caller's start for its state
        }
    }

    [Fact]
    [NoTensorLeaks]
    public void Network_AtTimesOfTheSamplesOwn_GivesWhatItGivesAtEach()
    {
        using var scope = NewDisposeScope();
        using var network = new MlpConfig { Dimension = 2, Width = 16, Depth = 1, TimeFeatures = 8 }.Build();
        var score = new NetworkScore(network);
        var x = new TensorState(Start(3, ScalarType.Float64, 1));
        double[] times = [0.9, 0.5, 0.01];
        var time = TensorReal.Of(tensor(times, dtype: ScalarType.Float64), x);
        var together = Numbers(score.Evaluate(x, new SampleLevel<TensorReal>(time, time, time, time, time)).Value);
        for (var i = 0; i < 3; i++)
        {
            var one = Numbers(score.Evaluate(new TensorState(x.Value.narrow(0, i, 1).clone()), Vp.At(times[i])).Value);
            // A float32 network of another batch size: products of 16 numbers of about 1 add up in another order, 2⁻²⁴ each.
            for (var j = 0; j < 2; j++) Assert.Equal(one[j], together[2 * i + j], 1e-5 * Math.Max(1, Math.Abs(one[j])));
        }
    }

    [Fact]
    [NoTensorLeaks]
    public void Network_ChoosingSteps_GetsToTheEndOfFloatSamples()
    {
        using var network = new MlpConfig { Dimension = 2, Width = 16, Depth = 1, TimeFeatures = 8 }.Build();
        var request = Request(new DormandPrinceFive(), 6) with { Batch = 4, OwnSteps = Options with { Tolerance = StepTolerance.Of(1e-3) } };
        using var drawn = TensorSampler.Run(request, (_, _) => new NetworkScore(network));
        Assert.Equal((RunStatus.Completed, ScalarType.Float32, 6L), (drawn.Status, drawn.Samples.dtype, drawn.Samples.shape[0]));
        Assert.True(drawn.Steps!.Evaluations.Max() <= drawn.Evaluations);
        using var limited = TensorSampler.Run(request with { OwnSteps = request.OwnSteps! with { MaxEvaluations = 10 } }, (_, _) => new NetworkScore(network));
        Assert.Equal((RunStatus.EvaluationLimit, 0L), (limited.Status, limited.Samples.shape[0]));
        Assert.Contains("10 allowed", limited.Message, StringComparison.Ordinal);
    }

    [Fact]
    [NoTensorLeaks]
    public void DpmAdaptive_OnTensors_AgreesWithPoints()
    {
        using var scope = NewDisposeScope();
        var start = Start(6, ScalarType.Float64, 1);
        var options = new AdaptiveOptions { Tolerance = StepTolerance.Of(1e-3), Controller = DpmAdaptive.PaperController };
        var tensors = new DpmAdaptive().Run<TensorState, TensorReal, TensorReal, LawScore>(Vp, new TensorState(start), new LawScore(Ring), 1, 1e-3, options);
        var points = new DpmAdaptive().Run<Points, PointReal, PointReal, PointsLawScore>(
            Vp, new Points(Numbers(start), 2), new PointsLawScore(Ring), 1, 1e-3, options);
        Assert.Equal(points.AcceptedSteps.Values.ToArray(), tensors.AcceptedSteps.Numbers.Values.ToArray());
        AssertNear(points.State, tensors.State, 1e-10);
    }

    [Fact]
    public void Request_ThatCannotBeMet_SaysWhy()
    {
        var request = Request(new DormandPrinceFive(), 2);
        foreach (var (bad, says) in new[]
        {
            (request with { Solver = new Ddim() }, "no error estimate"),
            (request with { Eta = 1 }, "probability flow"),
            (request with { Restart = Restart.Parse("low=0.05,high=0.5,times=1,steps=5") }, "belong to a grid"),
            (request with { Terminal = Terminal.Tweedie }, "belong to a grid"),
            (request with { Grid = TimeGrid.Create(Vp, new UniformTime(), 1, 1, 0) }, "σ = 0"),
        })
            Assert.Contains(says, Assert.Throws<ArgumentException>(() => TensorSampler.Run(bad, (_, _) => new LawScore(Ring))).Message, StringComparison.Ordinal);
    }

    private static AdaptiveResult<TensorState, TensorReal> Flow(Tensor start, ForwardSde sde, double from, AdaptiveOptions options) =>
        AdaptiveRun.Flow<TensorState, TensorReal, TensorReal, LawScore>(new DormandPrinceFive(), sde, new TensorState(start), new LawScore(Ring), from, 1e-3, options);

    private static AdaptiveResult<TensorState, TensorReal> Turn(double[] rates)
    {
        var start = Start(rates.Length, ScalarType.Float64, 1);
        return AdaptiveRun.Flow<TensorState, TensorReal, TensorReal, Rotor>(new DormandPrinceFive(), Vp, new TensorState(start), new Rotor(rates), 1, 0.5, Options);
    }

    private static SampleRequest Request(IEmbeddedPair pair, int count) =>
        new() { Solver = pair, Grid = Ends, Event = [2], Count = count, Seed = 7, OwnSteps = Options };

    private static Tensor Start(int count, ScalarType type, double scale) =>
        (scale * new TensorDraws(7, NoiseStream.Prior, 0, [count, 2], type, CPU).Normal(0)).Value;

    private static void AssertNear(Points expected, TensorState found, double tolerance)
    {
        var numbers = Numbers(found.Value);
        for (var i = 0; i < numbers.Length; i++) Assert.Equal(expected.Values[i], numbers[i], tolerance);
    }

    private static double[] Numbers(Tensor tensor) => tensor.data<double>().ToArray();

    private static float[] Floats(Tensor tensor) => tensor.data<float>().ToArray();

    /// <summary>A field, as a score, that turns each sample at a rate of its own.</summary>
    private readonly struct Rotor(double[] rates) : ISampleScore<TensorState, TensorReal>
    {
        public Parametrisation Output => Parametrisation.Score;

        public TensorState Evaluate(TensorState x, in SampleLevel<TensorReal> level)
        {
            using var inner = NewDisposeScope();
            var value = x.Value;
            var (a, b) = (value.narrow(1, 0, 1), value.narrow(1, 1, 1));
            var rate = tensor(rates, dtype: ScalarType.Float64).reshape(-1, 1);
            return new TensorState(cat([-1 * rate * b, rate * a], 1).MoveToOuterDisposeScope());
        }
    }

    private sealed class Watch(Action look) : IProgress<AdaptiveProgress>
    {
        public void Report(AdaptiveProgress value) => look();
    }
}
