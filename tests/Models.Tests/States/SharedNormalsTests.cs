using ScoreSde.Models.Sampling;

namespace ScoreSde.Models.Tests.States;

/// <summary>Noise that several threads make is the noise of one, number by number.</summary>
public class SharedNormalsTests
{
    [Fact]
    [NoTensorLeaks]
    public void Draws_OfAnyBatch_AreTheDefinedNormalsTimesTheirFactor() => Deadline.Within(Deadline.Usual, () =>
    {
        Property.Check("element j of row i is normal j of sample first + i, times the factor in float32", draws =>
        {
            using var scope = NewDisposeScope();
            long[] event_ = draws.Whole("kind of event", 0, 3) switch { 0 => [1, 28, 28], 1 => [2], 2 => [draws.Whole("length", 1, 90)], _ => [3, 7] };
            var dimension = (int)event_.Aggregate(1L, (a, b) => a * b);
            var rows = draws.Whole("rows", 1, draws.Whole("kind of size", 0, 2) == 0 ? 100_000 / dimension + 1 : 20);
            var (first, draw, seed) = (draws.Whole("first", 0, 1 << 30), (uint)draws.Whole("draw", 0, 1 << 20), (ulong)draws.Whole("seed", 0, 1 << 30));
            var factor = draws.Whole("kind of factor", 0, 2) == 0 ? 1 : draws.Vector("factor", 1, 3)[0];
            var made = new TensorDraws(seed, NoiseStream.Prior, first, [rows, .. event_], ScalarType.Float32, CPU).Normal(draw, factor).Value;
            Assert.Equal([rows, .. event_], made.shape);
            var numbers = made.data<float>().ToArray();
            var expected = new float[rows * dimension];
            NormalNoise.Fill(expected, seed, NoiseStream.Prior, draw, first, dimension);
            for (var i = 0; i < expected.Length; i++) expected[i] *= (float)factor;
            Assert.Equal(expected, numbers);
        }, 640, 60);
    });

    [Fact]
    [NoTensorLeaks]
    public void Start_OfARequest_IsTheFirstDeviationTimesThePriorsDraw()
    {
        using var scope = NewDisposeScope();
        var grid = TimeGrid.Create(new VarianceExploding(0.01, 50), new UniformLambda(), 4, 1, 1e-3);
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var request = new SampleRequest { Solver = SolverCatalogue.Parse("ddim"), Grid = grid, Event = [5], Seed = 9, Type = type };
            var start = TensorSampler.Start(request, 3, 7);
            var plain = (grid.First.Sigma * new TensorDraws(9, NoiseStream.Prior, 3, [7, 5], type, CPU).Normal(0)).Value;
            Assert.Equal(type, start.dtype);
            Assert.True(start.equal(plain).all().item<bool>());
        }
    }

    [Fact]
    public void Draws_OfSamplesBeyondTheCounter_AreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorDraws(1, NoiseStream.Prior, NoiseCounter.LargestSample, [2, 3], ScalarType.Float32, CPU).Normal(0));
}
