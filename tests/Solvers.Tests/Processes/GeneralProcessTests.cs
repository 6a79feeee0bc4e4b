using System.Runtime.Intrinsics;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Processes;
using ScoreSde.Solvers.States;
using ScoreSde.Tests.Support;

namespace ScoreSde.Solvers.Tests.Processes;

public class GeneralProcessTests
{
    private const int Paths = 10_000;

    // z-tests: a normal exceeds 6 with probability 2e-9; sample means of 10,000 light-tailed numbers are normal to well within that factor of 100.
    private const double Deviations = 6;

    [Fact]
    public void OrnsteinUhlenbeck_ExactTransitions_ComposeInLaw() => Property.Check("transition over s then t = over s + t, by linear forms", draws =>
    {
        var sde = new OrnsteinUhlenbeck<LinearForm>(
            draws.Symmetric("rate", 2), LinearForm.OfConstant(draws.Symmetric("mean", 2)), draws.LogUniform("volatility", 0.1, 3), TimeRange.Unit);
        var middle = draws.Uniform("middle", 0.05, 0.95);
        var (a, b, c) = (Level.OfTime(0), Level.OfTime(middle), Level.OfTime(1));
        var once = sde.Transition(LinearForm.Identity, a, c, LinearForm.OfNoise(0));
        var twice = sde.Transition(sde.Transition(LinearForm.Identity, a, b, LinearForm.OfNoise(0)), b, c, LinearForm.OfNoise(1));
        var rounding = new Tolerance(1e-13, "a dozen roundings");
        Near.Scaled(once.Start, twice.Start, Math.Abs(once.Start), rounding, "scale");
        Near.Scaled(once.Constant, twice.Constant, Math.Abs(sde.Mean.Constant) + Math.Abs(once.Constant), rounding, "constant");
        Near.Relative(once.NoiseVariance, twice.NoiseVariance, rounding, "variance");
    }, seed: 8201);

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.5)]
    public void OrnsteinUhlenbeck_EulerMaruyamaOnLinearForms_HasWeakOrderOne(double rate)
    {
        var law = new OrnsteinUhlenbeckLaw(rate, 0.7, 1.2);
        var sde = new OrnsteinUhlenbeck<LinearForm>(rate, LinearForm.OfConstant(0.7), 1.2, TimeRange.Unit);
        var errors = Array.ConvertAll((int[])[100, 200], n =>
        {
            var x = LinearForm.Identity;
            for (var k = 0; k < n; k++) x = EulerMaruyama<LinearForm, LinearForm, OrnsteinUhlenbeck<LinearForm>>(sde, x, k / (double)n, 1.0 / n, LinearForm.OfNoise(k));
            return (Mean: x.Mean(2) - law.MeanAfter(2, 1), Variance: x.Variance(0.4) - law.VarianceAfter(0.4, 1));
        });
        if (rate == 0) // Brownian motion: Euler–Maruyama is exact
        {
            Assert.Equal(0, errors[0].Mean, 1e-13);
            Assert.Equal(0, errors[0].Variance, 1e-13);
            return;
        }
        Assert.InRange(Math.Log2(errors[0].Mean / errors[1].Mean), 0.95, 1.05);
        Assert.InRange(Math.Log2(errors[0].Variance / errors[1].Variance), 0.95, 1.05);
    }

    [Fact]
    public void ExactTransitions_OfManyPaths_HaveTheExactMoments()
    {
        Check(new BrownianMotion<Scalar>(1.3, 0.5, TimeRange.Unit), 0.5, Moments.Of(0.5, 1.69));
        var ou = new OrnsteinUhlenbeckLaw(1.5, 0.7, 1.2);
        Check(new OrnsteinUhlenbeck<Scalar>(1.5, 0.7, 1.2, TimeRange.Unit), 2, Moments.Of(ou.MeanAfter(2, 1), ou.VarianceAfter(0, 1)));
        var gbm = new GeometricBrownianLaw(0.4, 0.3);
        Check(new GeometricBrownianMotion<Scalar>(0.4, 0.3, 1.5, TimeRange.Unit), 1.5, Moments.Of(gbm.MeanAfter(1.5, 1), gbm.VarianceAfter(1.5, 1)));
        var (mean, variance) = new ReflectedGaussian(0.2, Math.Sqrt(0.2), 1).Moments;
        Check(new ReflectedBrownianMotion<Scalar>(0.1, 1, TimeRange.Unit), 0.2, Moments.Of(mean, variance));

        static void Check<TSde>(TSde sde, double start, Moments exact) where TSde : struct, IExactTransition<Scalar, Scalar>
        {
            // Four transitions of unequal length.
            double[] times = [0, 0.1, 0.15, 0.6, 1];
            var ends = Simulate(1, (path, noise) =>
            {
                Scalar x = start;
                for (var k = 0; k < 4; k++) x = sde.Transition(x, Level.OfTime(times[k]), Level.OfTime(times[k + 1]), noise(k, 0));
                return [x.Value];
            });
            CheckMoments(ends, exact);
        }
    }

    [Fact]
    public void GeometricBrownian_EulerMaruyamaPaths_HaveTheMomentsOfTheEulerScheme()
    {
        // E and E² of the scheme are products: x_0(1 + μh)^n and x_0²((1 + μh)² + σ²h)^n. They tend to the exact ones at order 1.
        const int n = 25;
        const double mu = 0.4, sigma = 0.3, h = 1.0 / n;
        var sde = new GeometricBrownianMotion<Scalar>(mu, sigma, 1, TimeRange.Unit);
        var mean = Math.Pow(1 + mu * h, n);
        var second = Math.Pow((1 + mu * h) * (1 + mu * h) + sigma * sigma * h, n);
        var ends = Simulate(1, (path, noise) =>
        {
            Scalar x = 1;
            for (var k = 0; k < n; k++) x = EulerMaruyama<Scalar, Scalar, GeometricBrownianMotion<Scalar>>(sde, x, k * h, h, noise(k, 0));
            return [x.Value];
        });
        CheckMoments(ends, Moments.Of(mean, second - mean * mean));
        var law = new GeometricBrownianLaw(mu, sigma);
        Near.Relative(law.MeanAfter(1, 1), mean, new Tolerance(mu * mu * h, "weak error μ²h/2 of order 1, doubled"), "mean");
    }

    [Theory]
    [InlineData("gbm")]
    [InlineData("sinh")]
    public void SolutionAlongThePath_AgainstEulerAndMilstein_HasStrongOrdersHalfAndOne(string process)
    {
        // Errors from the same Brownian paths at 64 and 256 steps: a factor 2 for order ½ and 4 for order 1. 2000 paths leave about 4 % in each
        // root mean square (0.06 in log2 of a ratio, halved by the shared paths); bands of 0.25 are over four of those.
        var (euler64, milstein64) = StrongErrors(process, 64);
        var (euler256, milstein256) = StrongErrors(process, 256);
        Assert.InRange(0.5 * Math.Log2(euler64 / euler256), 0.5 - 0.13, 0.5 + 0.13);
        Assert.InRange(0.5 * Math.Log2(milstein64 / milstein256), 1 - 0.13, 1 + 0.13);
    }

    [Fact]
    public void Rotor_EulerMaruyamaPaths_HaveTheCovarianceOfTheScheme()
    {
        const int n = 25;
        var rotor = new NoisyRotor(0.5, 3, 0.3, 0.5, 0.4, TimeRange.Unit);
        var ends = Simulate(3, (path, noise) =>
        {
            var x = new Vector2State(1, 0);
            for (var k = 0; k < n; k++)
                x = EulerMaruyama<Vector2State, Vector3State, NoisyRotor>(rotor, x, k / (double)n, 1.0 / n, new(noise(k, 0), noise(k, 1), noise(k, 2)));
            return [x.X, x.Y];
        });
        CheckMoments(ends, SchemeMoments(rotor, n));
    }

    [Fact]
    public void Rotor_MomentsOfTheScheme_TendToTheMatrixExponentialAtOrderOne()
    {
        var rotor = new NoisyRotor(0.5, 3, 0.3, 0.5, 0.4, TimeRange.Unit);
        var exact = rotor.Law.After(new Moments([1, 0], new double[2, 2]), 1);
        var (coarse, fine) = (Error(2000), Error(4000));
        for (var i = 0; i < coarse.Length; i++) Assert.InRange(Math.Log2(coarse[i] / fine[i]), 0.97, 1.03);

        double[] Error(int n)
        {
            var m = SchemeMoments(rotor, n);
            return
            [
                m.Mean[0] - exact.Mean[0], m.Mean[1] - exact.Mean[1],
                m.Covariance[0, 0] - exact.Covariance[0, 0], m.Covariance[0, 1] - exact.Covariance[0, 1], m.Covariance[1, 1] - exact.Covariance[1, 1],
            ];
        }
    }

    /// <summary>Exact moments of Euler–Maruyama from (1, 0): m ← (I + hA) m, S ← (I + hA) S (I + hA)ᵀ + h G, by the process's own members.</summary>
    private static Moments SchemeMoments(NoisyRotor rotor, int n)
    {
        var h = 1.0 / n;
        var at = Level.OfTime(0);
        Vector2State m = new(1, 0), s1 = default, s2 = default; // rows of S
        for (var k = 0; k < n; k++)
        {
            m += h * rotor.Drift(m, at);
            s1 += h * rotor.Drift(s1, at); // S (I + hA)ᵀ row by row, then (I + hA) on its columns
            s2 += h * rotor.Drift(s2, at);
            Vector2State c1 = new(s1.X, s2.X), c2 = new(s1.Y, s2.Y);
            c1 += h * (rotor.Drift(c1, at) + rotor.Spread(default, at, new(1, 0)));
            c2 += h * (rotor.Drift(c2, at) + rotor.Spread(default, at, new(0, 1)));
            (s1, s2) = (new(c1.X, c2.X), new(c1.Y, c2.Y));
        }
        return new Moments([m.X, m.Y], new[,] { { s1.X, s1.Y }, { s2.X, s2.Y } });
    }

    [Fact]
    public void Rotor_DiffusionAndSpread_AreOneMatrix() => Property.Check("G v = Σ_j L_j (L_j · v)", draws =>
    {
        var rotor = new NoisyRotor(1, 2, draws.Symmetric("σx", 2), draws.Symmetric("σy", 2), draws.Symmetric("σd", 2), TimeRange.Unit);
        var v = draws.Vector("v", 2, 1);
        var at = Level.OfTime(0);
        var sum = default(Vector2State);
        foreach (var e in (Vector3State[])[new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)])
        {
            var column = rotor.Diffuse(default, at, e);
            sum += (column.X * v[0] + column.Y * v[1]) * column;
        }
        var spread = rotor.Spread(default, at, new(v[0], v[1]));
        Near.Vector([sum.X, sum.Y], [spread.X, spread.Y], new Tolerance(1e-14, "a few roundings"), "G v");
    }, seed: 8202);

    [Fact]
    public void Maps_OnLanesAndOnDoubles_Agree() => Property.Check("element maps", draws =>
    {
        var x = (float)draws.Symmetric("x", 5);
        var side = (float)draws.LogUniform("side", 0.3, 3);
        var single = new Tolerance(2e-6, "a few float roundings of arguments up to 5 sides of 0.3");
        Near.Scaled(new FoldMap(side).Apply((double)x), new FoldMap(side).Apply(Vector512.Create(x))[3], side, single, "fold");
        Near.Relative(Math.Exp(x), default(ExponentialMap).Apply(Vector512.Create(x))[3], single, "exp");
        Near.Relative(Math.Sqrt(1 + (double)x * x), default(HyperbolicMap).Apply(Vector512.Create(x))[3], single, "√(1 + x²)");
    }, seed: 8203);

    [Fact]
    public void Priors_OfStandardNormals_HaveTheirLaws()
    {
        var uniform = Simulate(1, (path, noise) => [new UniformPrior<Scalar>(2).Draw(noise(0, 0)).Value]);
        CheckMoments(uniform, Moments.Of(1, 4.0 / 12));
        var stationary = new OrnsteinUhlenbeck<Scalar>(2, 0.5, 1, TimeRange.Unit).Prior;
        CheckMoments(Simulate(1, (path, noise) => [stationary.Draw(noise(0, 0)).Value]), Moments.Of(0.5, 0.25));
        var gbm = new GeometricBrownianMotion<Scalar>(0.4, 0.3, 1.5, TimeRange.Unit);
        var law = new GeometricBrownianLaw(0.4, 0.3);
        CheckMoments(Simulate(1, (path, noise) => [gbm.Prior.Draw(noise(0, 0)).Value]), Moments.Of(law.MeanAfter(1.5, 1), law.VarianceAfter(1.5, 1)));
        var rotor = new NoisyRotor(0.5, 3, 0.3, 0.5, 0.4, TimeRange.Unit);
        var plane = rotor.Prior;
        CheckMoments(
            Simulate(2, (path, noise) => { var x = plane.Draw(new(noise(0, 0), noise(0, 1))); return [x.X, x.Y]; }),
            new Moments([0, 0], rotor.Law.StationaryCovariance()));
    }

    private static (double Euler, double Milstein) StrongErrors(string process, int n)
    {
        const int paths = 2000, finest = 256;
        const double mu = 0.4, sigma = 0.6;
        double euler = 0, milstein = 0;
        var increments = new float[finest][];
        for (var j = 0; j < finest; j++)
        {
            increments[j] = new float[paths];
            NormalNoise.Fill(increments[j], 31, NoiseStream.Step, (uint)j, 0, 1);
        }
        for (var p = 0; p < paths; p++)
        {
            Scalar a = 1, b = 1;
            var w = 0.0;
            for (var k = 0; k < n; k++)
            {
                var dW = 0.0;
                for (var j = 0; j < finest / n; j++) dW += increments[k * (finest / n) + j][p] / Math.Sqrt(finest);
                w += dW;
                (a, b) = process == "gbm"
                    ? Steps(new GeometricBrownianMotion<Scalar>(mu, sigma, 1, TimeRange.Unit), a, b, 1.0 / n, dW)
                    : Steps(new HyperbolicSine<Scalar>(TimeRange.Unit), a, b, 1.0 / n, dW);
            }
            // The sinh of a Gaussian of variance 1 has heavy tails: measure both in the logarithm's scale there.
            var exact = process == "gbm" ? new GeometricBrownianLaw(mu, sigma).Along(1, 1, w) : HyperbolicSineLaw.Along(1, 1, w);
            var scale = process == "gbm" ? 1 : Math.Sqrt(1 + exact * exact);
            euler += Math.Pow((a.Value - exact) / scale, 2);
            milstein += Math.Pow((b.Value - exact) / scale, 2);
        }
        return (Math.Sqrt(euler / paths), Math.Sqrt(milstein / paths));

        static (Scalar, Scalar) Steps<TSde>(TSde sde, Scalar a, Scalar b, double h, double dW) where TSde : struct, IMilstein<Scalar, Scalar>
        {
            var at = Level.OfTime(0); // neither depends on time
            return (a + h * sde.Drift(a, at) + sde.Diffuse(a, at, dW), b + h * sde.Drift(b, at) + sde.Diffuse(b, at, dW) + sde.Milstein(b, at, dW, h));
        }
    }

    private static T EulerMaruyama<T, W, TSde>(TSde sde, T x, double t, double h, W normals)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W>
    {
        var at = Level.OfTime(t);
        return x + h * sde.Drift(x, at) + sde.Diffuse(x, at, Math.Sqrt(h) * normals);
    }

    private static double[][] Simulate(int noises, Func<int, Func<int, int, double>, double[]> path)
    {
        var ends = new double[Paths][];
        Parallel.For(0, Paths, p => ends[p] = path(p, (draw, element) => NormalNoise.At(17, NoiseStream.Step, (uint)draw, p, element, noises)));
        return ends;
    }

    /// <summary>Mean and covariance of draws against exact ones: six standard errors.</summary>
    private static void CheckMoments(double[][] draws, Moments exact)
    {
        var d = exact.Mean.Length;
        for (var i = 0; i < d; i++)
        {
            Check(draws.Select(x => x[i]), exact.Mean[i], $"mean {i}");
            for (var j = 0; j <= i; j++)
                Check(draws.Select(x => (x[i] - exact.Mean[i]) * (x[j] - exact.Mean[j])), exact.Covariance[i, j], $"covariance {i} {j}");
        }

        static void Check(IEnumerable<double> values, double expected, string what)
        {
            var v = values.ToArray();
            var mean = v.Average();
            var error = Math.Sqrt(v.Sum(x => (x - mean) * (x - mean)) / v.Length / v.Length);
            Assert.True(Math.Abs(mean - expected) <= Deviations * error, FormattableString.Invariant($"{what}: {mean} for {expected}, standard error {error}"));
        }
    }
}
