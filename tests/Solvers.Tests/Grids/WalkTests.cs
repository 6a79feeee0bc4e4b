using ScoreSde.Sde;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;
using ScoreSde.Tests.Support;

namespace ScoreSde.Solvers.Tests.Grids;

public class WalkTests
{
    private static readonly TimeGrid Grid = TimeGrid.Create(new VariancePreserving(new LinearSchedule(0.1, 20)), new UniformLambda(), 6, 0.9, 0.05);

    [Fact]
    public void Through_BackUp_RenoisesWithTheExactKernel()
    {
        Property.Check("one-point data keeps its exact law on any walk", draws =>
        {
            // DDPM is exact for one-point data downwards, the kernel is exact upwards: so is any walk made of both.
            var indices = new List<int> { 0 };
            var moves = draws.Whole("moves", 2, 12);
            for (var i = 0; i < moves; i++)
            {
                var next = draws.Whole("level", 0, Grid.Steps - 1);
                indices.Add(next == indices[^1] ? Grid.Steps : next);
            }
            if (indices.Zip(indices.Skip(1)).All(p => p.First < p.Second)) draws.Trivial(); // straight down
            var mean = draws.Symmetric("mean", 2);
            var form = Sampler.Run(new DdpmAncestral(), Walk.Through(Grid, [.. indices]), LinearForm.Identity,
                new AffineScore<LinearForm>(LinearForm.OfConstant(mean), 0), new FormNoise(1)).State;
            Level t = Grid.First, s = Grid.Levels[indices[^1]];
            Near.Scaled(s.Alpha * mean, form.Mean(t.Alpha * mean), 1 + Math.Abs(mean), Tolerances.SameFormula, "mean");
            Near.Relative(s.Sigma * s.Sigma, form.Variance(t.Sigma * t.Sigma), Tolerances.SameFormula, "variance");
        }, 301);
    }

    [Fact]
    public void Through_WithABadIndex_SaysWhich()
    {
        Assert.Contains("levels 0 to 6", Assert.Throws<ArgumentException>(() => Walk.Through(Grid, [0, 7])).Message, StringComparison.Ordinal);
        Assert.Contains("both 2", Assert.Throws<ArgumentException>(() => Walk.Through(Grid, [0, 2, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Walk.Through(Grid.Reversed(), [0, 1]));
    }
}
