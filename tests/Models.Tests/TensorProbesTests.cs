using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Grids.Optimisation;
using ScoreSde.Solvers.States;
using TorchSharp;

namespace ScoreSde.Models.Tests;

public class TensorProbesTests
{
    [Fact]
    public void Probes_OnTensors_EndWhereThoseOnPointsDo()
    {
        var process = new VariancePreserving(new LinearSchedule(0.1, 20));
        var law = GaussianMixture.Ring();
        var starts = new double[2 * 6];
        NormalNoise.Fill(starts, 3, NoiseStream.Probe, 0, 0, 2);
        var points = new Probes<Points, PointsLawScore>(new PointsLawScore(law), new PointsProbes(2), starts);
        var tensors = new Probes<TensorState, LawScore>(new LawScore(law), new TensorProbes([2], CPU, ScalarType.Float64), starts);
        var grid = TimeGrid.Create(process, new QuadraticTime(), 12, 1, 1e-3);
        using var scope = NewDisposeScope();
        Same(points.Run(new UniPc(3), grid, OrderPolicy.Plain), tensors.Run(new UniPc(3), grid, OrderPolicy.Plain));
        Same(points.Follow(grid), tensors.Follow(grid));
        Assert.Equal(points.Evaluations, tensors.Evaluations);
        Assert.Equal(0, scope.DisposablesCount); // nothing is left behind
    }

    [Fact]
    public void Optimize_InSinglePrecision_GainsByTheCheapSearch()
    {
        var process = new VariancePreserving(new LinearSchedule(0.1, 20));
        var law = GaussianMixture.Ring();
        using var scope = NewDisposeScope();
        var found = TimeGrid.Optimize(process, (_, _) => new LawScore(law), new TensorProbes([2], CPU), new UniPc(2), 10, GridSearch.Cheap);
        Assert.True(found.HeldOut.GeometricMean < found.Starts.Min(s => s.Before.GeometricMean) / 1.3, found.Provenance);
    }

    /// <summary>Sums in another order over 12 steps; the flow to the ring stretches differences at most about a hundred times.</summary>
    private static void Same(double[] expected, double[] given)
    {
        Assert.Equal(expected.Length, given.Length);
        for (var i = 0; i < expected.Length; i++) Assert.InRange(given[i], expected[i] - 1e-11, expected[i] + 1e-11);
    }
}
