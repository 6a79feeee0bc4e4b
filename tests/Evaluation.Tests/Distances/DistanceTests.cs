using ScoreSde.Evaluation.Distances;
using ScoreSde.Sde;
using ScoreSde.Tests.Support;

namespace ScoreSde.Evaluation.Tests.Distances;

public class DistanceTests
{
    // Statistical tests below compare with a multiple of the standard error: 5.5 deviations are passed by chance once in 2.6e7 for a normal and,
    // with the jackknife's 19 degrees of freedom, 6 × 1.5 = 9 deviations once in 3e7 (Student). Seeds are constant besides.
    private const double NormalBound = 5.5, JackknifeBound = 9;

    private static readonly Tolerance Rounding = new(1e-12, "a few hundred roundings of numbers of order 1 to 100");
    private static readonly Level AtData = new(0, 0, double.NegativeInfinity, 1, 0, 0, 0);

    [Fact]
    public void Wasserstein_OfAShiftedSample_IsTheShift()
    {
        double[] a = [.. Normals(500, 3)];
        Array.Sort(a);
        double[] b = [.. a.Select(x => x + 1.75)];
        Near.Relative(1.75 * 1.75, SlicedWasserstein.SquaredOfSorted(a, b), Rounding);
    }

    [Fact]
    public void Wasserstein_OfUnlikeSizes_IsTheIntegralOverLevels()
    {
        // Quantiles 0 up to ½, 6 above; against 0, 3, 6 in thirds: only (1/3, 1/2) and (1/2, 2/3) differ, by 3 each: 9/3 = 3.
        Near.Relative(3, SlicedWasserstein.SquaredOfSorted([0, 6], [0, 3, 6]), Rounding);
        Near.Relative(3, SlicedWasserstein.SquaredOfSorted([0, 3, 6], [0, 6]), Rounding);
    }

    [Fact]
    public void SlicedWasserstein_OfAShiftInThePlane_IsTheShiftOverRootTwo()
    {
        var a = new PointSet(Normals(400, 5), 2);
        var b = new PointSet([.. a.Coordinates.Select((x, k) => x + (k % 2 == 0 ? 3 : 4))], 2);
        // Mean of (u·v)² over the circle is |v|²/2, exact for equal angles; every group shows the same shift, so the error is 0.
        var distance = SlicedWasserstein.Between(a, b);
        Near.Relative(5 / Math.Sqrt(2), distance.Value, Rounding);
        Near.Absolute(0, distance.StandardError, new Tolerance(1e-7, "square root of the rounding of squares"));
    }

    [Fact]
    public void SlicedWasserstein_OfSamplesOfOneLaw_FallsWithTheirSize()
    {
        var few = SlicedWasserstein.Between(new PointSet(Normals(800, 1), 2), new PointSet(Normals(800, 2), 2));
        var many = SlicedWasserstein.Between(new PointSet(Normals(40000, 1), 2), new PointSet(Normals(40000, 2), 2));
        Assert.InRange(many.Value, 0, 0.5 * few.Value); // fifty times the points: about 1/7
        Assert.InRange(many.Value, 0, 0.06);
    }

    [Fact]
    public void EnergyDistance_OfExactSamples_IsZeroWithinItsError()
    {
        var ring = GaussianMixture.Ring();
        foreach (var seed in new[] { 1, 2, 3 })
        {
            var distance = EnergyDistance.To(Sample(ring, 20000, seed), ring, AtData);
            Assert.InRange(distance.Deviations(0), -JackknifeBound, JackknifeBound);
            Assert.InRange(distance.StandardError, 1e-6, 2e-3);
        }
    }

    [Fact]
    public void EnergyDistance_OfAShiftedNormal_IsTheClosedForm()
    {
        // X ~ N(m, 1), Y ~ N(0, 1): 2E|X−Y| − E|X−X'| − E|Y−Y'| with differences N(m, 2) and N(0, 2).
        const double m = 0.8;
        var law = GaussianMixture.Isotropic([[0.0]], 1);
        var points = new PointSet([.. Normals(40000, 9).Select(x => x + m)], 1);
        var expected = 2 * EnergyDistance.MeanAbsolute(m, Math.Sqrt(2)) - 2 * EnergyDistance.MeanAbsolute(0, Math.Sqrt(2));
        var distance = EnergyDistance.To(points, law, AtData);
        Assert.InRange(distance.Deviations(expected), -JackknifeBound, JackknifeBound);
        Assert.True(distance.Deviations(0) > 20, $"a shift of 0.8 is seen: {distance}");
    }

    [Fact]
    public void EnergyDistance_OfTwoPoints_IsComputedByHand()
    {
        // Points 0 and 2 (twenty times each pair would change nothing in mean): law concentrated at 1 with no width.
        var law = GaussianMixture.Isotropic([[1.0]], 1e-24);
        double[] x = [.. Enumerable.Range(0, 40).Select(k => k % 2 * 2.0)];
        // 2·1 − (pairs: 2·20·20 of 40·39 are 2 apart) − 0
        Near.Relative(2 - 2 * 800.0 / 1560, EnergyDistance.To(new PointSet(x, 1), law, AtData, groups: 20).Value, new Tolerance(1e-9, "the law's width of 1e-12 and rounding"));
    }

    [Fact]
    public void EnergyDistance_InTheEigenvectorsOfACovariance_IsZeroForItsOwnSample()
    {
        var law = new GaussianMixture([0.3, 0.7], new Gaussian([1, 0], new double[,] { { 2, 0.9 }, { 0.9, 0.5 } }), new Gaussian([-2, 1], 0.2));
        var right = EnergyDistance.To(Sample(law, 20000, 4), law, AtData);
        Assert.InRange(right.Deviations(0), -JackknifeBound, JackknifeBound);
        var flipped = new GaussianMixture([0.3, 0.7], new Gaussian([1, 0], new double[,] { { 2, -0.9 }, { -0.9, 0.5 } }), new Gaussian([-2, 1], 0.2));
        Assert.True(EnergyDistance.To(Sample(flipped, 20000, 4), law, AtData).Deviations(0) > 10, "the sign of a covariance is seen");
    }

    [Fact]
    public void MixtureFit_OfExactSamples_IsRightWithinItsErrors()
    {
        var ring = GaussianMixture.Ring();
        var fit = MixtureFit.Of(Sample(ring, 20000, 7), ring);
        Assert.Equal(8, fit.Shares.Count);
        Assert.All(fit.Shares, share => Assert.InRange(share.Deviations(0.125), -NormalBound, NormalBound));
        Assert.True(fit.PValue > 1e-6, $"chi-squared {fit.ChiSquare}, p = {fit.PValue}");
        Assert.InRange(fit.Spread.Deviations(1), -NormalBound, NormalBound);
        Assert.InRange(fit.Radius.Deviations(1), -NormalBound, NormalBound);
    }

    [Fact]
    public void MixtureFit_OfALostMode_SeesIt()
    {
        var ring = GaussianMixture.Ring();
        var points = Sample(ring, 20000, 7);
        var kept = new PointSet([.. Enumerable.Range(0, points.Count).Where(i => points[i][0] < 3.2).SelectMany(i => points[i].ToArray())], 2);
        var fit = MixtureFit.Of(kept, ring);
        Assert.InRange(fit.Shares[0].Value, 0, 0.01);
        Assert.True(fit.PValue < 1e-12);
    }

    [Fact]
    public void MixtureFit_OfTooWideModes_SaysHowMuch()
    {
        var fit = MixtureFit.Of(Sample(GaussianMixture.Ring(8, 4, 0.375), 20000, 7), GaussianMixture.Ring(8, 4, 0.25));
        // The soft assignment to narrow modes cuts nothing: modes are 3.06 apart, 8 deviations of the wide law.
        Assert.InRange(fit.Spread.Deviations(1.5), -NormalBound, NormalBound);
    }

    [Fact]
    public void GridVariation_OfExactSamples_IsItsFloor()
    {
        var ring = GaussianMixture.Ring();
        var right = GridVariation.Of(Sample(ring, 20000, 7), (x, y) => Math.Exp(ring.LogDensity([x, y], AtData)), -6, 6, 48);
        Assert.InRange(right.Distance.Value, 0.9 * right.Floor, 1.1 * right.Floor); // normal in most cells; the law of the sum is narrow
        var apart = GridVariation.Of(new PointSet([.. Enumerable.Repeat(0.0, 200)], 2), (x, y) => Math.Exp(ring.LogDensity([x, y], AtData)), -6, 6, 48);
        Assert.InRange(apart.Distance.Value, 1 - 1e-6, 1 + 1e-6); // all points where the law has nothing
    }

    [Fact]
    public void PlaneHistogram_OfPoints_CountsThemByGroupAndCell()
    {
        var counts = new PlaneHistogram(-1, 1, 2, groups: 3);
        double[][] points = [[-0.5, -0.5], [0.5, -0.5], [0.5, -0.2], [-0.1, 0.9], [1, 0], [0, -1.1], [0.2, 0.2]];
        foreach (var p in points) counts.Add(p[0], p[1]);
        Assert.Equal((7L, 3L, 2L, 2L), (counts.Count, counts.InGroup(0), counts.InGroup(1), counts.InGroup(2)));
        Assert.Equal([1, 0, 1, 1, 0], counts.OfGroup(0).ToArray()); // rows along y: two below, two above, and what is outside
        Assert.Equal([0, 1, 0, 0, 1], counts.OfGroup(1).ToArray());
        Assert.Equal([0, 1, 0, 0, 1], counts.OfGroup(2).ToArray());
        Assert.Equal(2.0 / 7, counts.Density(0.9, -0.9), 1e-15); // cells of area 1
        Assert.Equal(0, counts.Density(2, 0));
    }

    [Fact]
    public void Jackknife_OfAMean_IsTheUsualError()
    {
        double[] x = [.. Normals(40, 11)];
        var without = Enumerable.Range(0, 40).Select(j => (x.Sum() - x[j]) / 39).ToArray();
        Near.Relative(Estimate.Mean(x).StandardError, Estimate.Jackknife(x.Average(), without).StandardError, Rounding);
    }

    [Fact]
    public void Directions_InThePlaneAndInSpace_AreEvenUnitVectors()
    {
        foreach (var d in new[] { 2, 5 })
        {
            var vectors = Directions.Of(d, 4000);
            for (var j = 0; j < d; j++)
                // E u_j² = 1/d with variance under 2/d² over 4000 directions: 6 deviations are 6·√2/(d·√4000) < 0.14/d.
                Assert.InRange(vectors.Average(v => v[j] * v[j]), 0.86 / d, 1.14 / d);
            Assert.All(vectors, v => Near.Absolute(1, v.Sum(c => c * c), Rounding));
        }
        Assert.Equal([1.0], Directions.Of(1, 10).Single());
    }

    private static double[] Normals(int count, int seed)
    {
        var random = new Random(seed);
        var result = new double[count];
        for (var k = 0; k < count; k++) result[k] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return result;
    }

    private static PointSet Sample(GaussianMixture law, int count, int seed)
    {
        var normals = Normals(count * law.Dimension, seed);
        var random = new Random(seed + 1000);
        var points = new double[count * law.Dimension];
        for (var i = 0; i < count; i++)
            law.Draw(normals.AsSpan(i * law.Dimension, law.Dimension), random.NextDouble(), points.AsSpan(i * law.Dimension, law.Dimension));
        return new PointSet(points, law.Dimension);
    }
}
