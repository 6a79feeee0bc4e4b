using ScoreSde.Sde;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.States;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Tests.Lanes;

public class LanesScoreTests
{
    private static readonly VariancePreserving Sde = new(new LinearSchedule(0.1, 20));
    private static readonly double[] Times = [1e-3, 0.01, 0.1, 0.3, 0.6, 1];

    [Fact]
    public void MixtureScore_RandomCentresAndWeights_EqualsTheDoubleLaw()
    {
        foreach (var components in (int[])[1, 3, 8, 9, 40])
        {
            Mixture<Lanes1>(components);
            Mixture<Lanes2>(components);
            Mixture<Lanes3>(components);
            Mixture<Lanes4>(components);
            Mixture<Lanes8>(components);
        }
    }

    [Fact]
    public void UnequalMixtureScore_RandomCentresWeightsAndVariances_EqualsTheDoubleLaw()
    {
        foreach (var components in (int[])[1, 5, 16, 23])
        {
            Unequal<Lanes1>(components);
            Unequal<Lanes2>(components);
            Unequal<Lanes3>(components);
            Unequal<Lanes8>(components);
        }
    }

    [Fact]
    public void GaussianScore_DiagonalCovariance_EqualsTheDoubleLaw()
    {
        double[] mean = [1, -2, 0.5], variance = [0.1, 2, 0];
        var law = new Gaussian(mean, new double[,] { { 0.1, 0, 0 }, { 0, 2, 0 }, { 0, 0, 0 } });
        Compare<Lanes3, LanesGaussianScore<Lanes3>>(new(mean, variance), law, 7);
    }

    [Fact]
    public void LawScore_AnyLaw_IsTheDoubleLawRounded()
    {
        var law = GaussianMixture.Ring();
        var x = new LaneDraws<Lanes2>(1, NoiseStream.Probe, 0).Normal(0);
        var s = new LanesLawScore<Lanes2>(law).Evaluate(x, Sde.At(0.3));
        for (var i = 0; i < 16; i++)
        {
            var exact = new double[2];
            law.Score([x.X[i], x.Y[i]], Sde.At(0.3), exact);
            Assert.Equal(((float)exact[0], (float)exact[1]), (s.X[i], s.Y[i]));
        }
    }

    [Fact]
    public void MixtureScore_AsManyParticlesAskIt_EqualsTheDoubleLaw()
    {
        foreach (var components in (int[])[1, 3, 8, 9, 40])
        {
            ManyMixture<Lanes1>(components);
            ManyMixture<Lanes2>(components);
            ManyMixture<Lanes3>(components);
            ManyMixture<Lanes4>(components);
            ManyMixture<Lanes8>(components);
        }
    }

    [Fact]
    public void MixtureScore_CompanyOfFarPoints_ChangesNoBit()
    {
        var (means, weights, _) = Parameters<Lanes2>(11);
        IBlockScore<Lanes2> model = new LanesMixtureScore<Lanes2>(means.SelectMany(m => m).ToArray(), 0.04, weights);
        foreach (var time in Times)
        {
            var level = Sde.At(time);
            var row = new float[model.RowLength];
            model.Prepare(level, row);
            var (points, alone, together) = (new Lanes2[5], new Lanes2[1], new Lanes2[5]);
            for (var b = 0; b < 5; b++) points[b] = 1.5 * new LaneDraws<Lanes2>(7, NoiseStream.Probe, 16 * b).Normal(0);
            var numbers = new float[32];
            LaneMath.Store(in points[2], numbers);
            (numbers[6], numbers[9], numbers[31]) = (1e6f, -300, 40); // particles 3, 4 and 15 of the third block
            points[2] = LaneMath.Load<Lanes2>(numbers);
            model.Answer(level, ref row[0], ref points[0], ref together[0], 5);
            for (var b = 0; b < 5; b++)
            {
                model.Answer(level, ref row[0], ref points[b], ref alone[0], 1);
                Assert.Equal(alone[0], together[b]);
            }
            LaneMath.Store(in points[2], numbers);
            for (var i = 0; i < 16; i++)
            {
                var one = LaneMath.Load<Lanes2>(Enumerable.Range(0, 32).Select(j => numbers[2 * i + j % 2]).ToArray()); // sixteen times the same particle
                model.Answer(level, ref row[0], ref one, ref alone[0], 1);
                Assert.Equal((alone[0].X[0], alone[0].Y[0]), (together[2].X[i], together[2].Y[i]));
            }
        }
    }

    [Fact]
    public void Compare_ScoreOfAnotherLaw_IsSeen()
    {
        var wrong = new LanesMixtureScore<Lanes2>([1, 0, -1, 0.02], 0.1);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
            Compare<Lanes2, LanesMixtureScore<Lanes2>>(wrong, GaussianMixture.Isotropic([[1, 0], [-1, 0]], 0.1), 1));
    }

    [Fact]
    public void MixtureScore_WrongLengths_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new LanesMixtureScore<Lanes2>([1, 2, 3], 0.1));
        Assert.Throws<ArgumentException>(() => new LanesMixtureScore<Lanes2>([1, 2], 0.1, [0.5, 0.5]));
        Assert.Throws<ArgumentException>(() => new LanesUnequalMixtureScore<Lanes2>([1, 2], [0.1, 0.2]));
        Assert.Throws<ArgumentException>(() => new LanesGaussianScore<Lanes2>([1], [1]));
    }

    private static void Mixture<T>(int components) where T : struct, ILanes<T>
    {
        var (means, weights, _) = Parameters<T>(components);
        Compare<T, LanesMixtureScore<T>>(new(means.SelectMany(m => m).ToArray(), 0.04, weights), GaussianMixture.Isotropic(means, 0.04, weights), components);
    }

    private static void ManyMixture<T>(int components) where T : struct, ILanes<T>
    {
        var (means, weights, _) = Parameters<T>(components);
        var score = new LanesMixtureScore<T>(means.SelectMany(m => m).ToArray(), 0.04, weights);
        Compare<T, AskedAsBlocks<T>>(new(score), GaussianMixture.Isotropic(means, 0.04, weights), components);
    }

    private readonly struct AskedAsBlocks<T>(IBlockScore<T> score) : IScore<T> where T : struct, ILanes<T>
    {
        public Parametrisation Output => score.Output;

        public T Evaluate(T x, in Level level)
        {
            var row = new float[score.RowLength];
            score.Prepare(level, row);
            var answer = x;
            score.Answer(level, ref row[0], ref x, ref answer, 1);
            var (a, p) = score.Shares(level);
            return a * answer + p * x;
        }
    }

    private static void Unequal<T>(int components) where T : struct, ILanes<T>
    {
        var (means, weights, variances) = Parameters<T>(components);
        var law = new GaussianMixture(weights, [.. means.Select((m, k) => new Gaussian(m, variances[k]))]);
        Compare<T, LanesUnequalMixtureScore<T>>(new(means.SelectMany(m => m).ToArray(), variances, weights), law, components);
    }

    private static (double[][] Means, double[] Weights, double[] Variances) Parameters<T>(int components) where T : struct, ILanes<T>
    {
        var random = new Random(41 * components + T.Coordinates);
        // Centres are floats, as the evaluator keeps them: what is compared is the arithmetic.
        var means = Enumerable.Range(0, components).Select(_ => Enumerable.Range(0, T.Coordinates).Select(_ => (double)(float)(4 * random.NextDouble() - 2)).ToArray()).ToArray();
        var weights = Enumerable.Range(0, components).Select(_ => 0.1 + random.NextDouble()).ToArray();
        var sum = weights.Sum();
        return (means, [.. weights.Select(w => w / sum)], [.. Enumerable.Range(0, components).Select(_ => (double)(float)(0.02 + random.NextDouble()))]);
    }

    private static void Compare<T, TModel>(TModel model, IDataLaw law, int seed) where T : struct, ILanes<T> where TModel : struct, IScore<T>
    {
        var d = T.Coordinates;
        var numbers = new float[16 * d];
        var (exact, moved, x) = (new double[d], new double[d], new double[d]);
        foreach (var time in Times)
        {
            var level = Sde.At(time);
            for (var draw = 0u; draw < 20; draw++)
            {
                var point = 1.5 * new LaneDraws<T>((ulong)seed, NoiseStream.Probe, 16 * draw).Normal(draw);
                LaneMath.Store(in point, numbers);
                var scores = model.Evaluate(point, level);
                for (var i = 0; i < 16; i++)
                {
                    for (var j = 0; j < d; j++) x[j] = numbers[i * d + j];
                    law.Score(x, level, exact);
                    // The evaluator's own bound: the exact score of a point within c units of 2⁻²⁴ of the size of x and the centres, plus c units of
                    // the parts |x|/v and |α m|/v that cancel in it. c = 32 + 2·d: at most that many roundings stand between x and a logarithm.
                    var c = (32 + 2 * d) / (double)(1 << 24);
                    var v = level.Sigma * level.Sigma + level.Alpha * level.Alpha * 0.02;
                    var size = x.Max(Math.Abs) + 2;
                    var spread = 0.0;
                    for (var j = 0; j < d; j++)
                    {
                        var shift = 1e-4 * size;
                        x[j] += shift;
                        law.Score(x, level, moved);
                        x[j] -= shift;
                        for (var l = 0; l < d; l++) spread += Math.Abs(moved[l] - exact[l]) / shift;
                    }
                    for (var j = 0; j < d; j++)
                        Assert.Equal(exact[j], T.Coordinate(in scores, j)[i], c * size * (spread + d / v));
                }
            }
        }
    }
}
