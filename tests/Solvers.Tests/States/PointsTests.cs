using System.Runtime.Intrinsics;
using ScoreSde.Sde;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;

namespace ScoreSde.Solvers.Tests.States;

public class PointsTests
{
    private static Points Three => new([1, 2, 3, 4, 5, 6], 2);

    [Fact]
    public void Arithmetic_IsThatOfEachCoordinate()
    {
        var other = new Points([1, 0, -1, 2, 0.5, 3], 2);
        Assert.Equal([2, 2, 2, 6, 5.5, 9], (Three + other).Values.ToArray());
        Assert.Equal([0, 2, 4, 2, 4.5, 3], (Three - other).Values.ToArray());
        Assert.Equal([1, 0, -3, 8, 2.5, 18], (Three * other).Values.ToArray());
        Assert.Equal([0.5, 1, 1.5, 2, 2.5, 3], (0.5 * Three).Values.ToArray());
        Assert.Equal([1, 4, 9, 16, 25, 36], Points.Map(default(Square), Three).Values.ToArray());
        Assert.Equal([3, 4], Three[1].ToArray());
        Assert.Equal(3, Three.Count);
    }

    [Fact]
    public void Source_ChangedAfterwards_LeavesThePointsAsTheyWere()
    {
        double[] values = [1, 2];
        var points = new Points((ReadOnlySpan<double>)values, 1);
        values[0] = 9;
        Assert.Equal(1, points.Values[0]);
    }

    [Fact]
    public void FirstNonFinite_NamesThePointNotTheCoordinate()
    {
        Assert.Equal(-1, Points.FirstNonFinite(Three));
        Assert.Equal(1, Points.FirstNonFinite(new Points([1, 2, 3, double.NaN, double.PositiveInfinity, 6], 2)));
    }

    [Fact]
    public void Shapes_ThatDoNotFit_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new Points([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => new Points([1, 2], 0));
        Assert.Throws<ArgumentException>(() => new Points([], 1));
        Assert.Contains("3 points in 2 dimensions and 2 in 3", Assert.Throws<ArgumentException>(() => Three + new Points([1, 2, 3, 4, 5, 6], 3)).Message, StringComparison.Ordinal);
        var planar = new PointsLawScore(GaussianMixture.Ring());
        Assert.Throws<ArgumentException>(() => planar.Evaluate(new Points([1, 2, 3], 3), Level.OfTime(0)));
    }

    [Fact]
    public void LawScore_OfAStandardNormalAtAnyLevel_IsMinusTheStateOverItsVariance()
    {
        var level = new VariancePreserving(new LinearSchedule()).At(0.3);
        var score = new PointsLawScore(new Gaussian([0, 0], 1)).Evaluate(Three, level);
        // α² + σ² = 1: the variance stays 1.
        for (var i = 0; i < 6; i++) Assert.Equal(-Three.Values[i], score.Values[i], 1e-14 * 6);
    }

    private readonly struct Square : IElementMap
    {
        public double Apply(double x) => x * x;

        public Vector512<float> Apply(Vector512<float> x) => x * x;
    }
}
