using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Processes;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;
using ScoreSde.Tests.Support;

namespace ScoreSde.Solvers.Tests.Processes;

public class ReverseGeneralTests
{
    [Fact]
    public void OrnsteinUhlenbeck_ReversedFromItsMarginal_HasTheMarginalsInLawWithoutSampling() =>
        Property.Check("reverse OU: mean and variance at any η, by linear forms", draws =>
        {
            var law = new OrnsteinUhlenbeckLaw(draws.Uniform("rate", 0.2, 2), draws.Symmetric("mean", 2), draws.Uniform("volatility", 0.3, 2));
            var eta = draws.OneOf("η", 0, 0.5, 1);
            var (m0, v0) = (draws.Symmetric("m0", 2), draws.Uniform("v0", 0.2, 2));
            var coarse = Errors(law, m0, v0, eta, 100);
            var fine = Errors(law, m0, v0, eta, 200);
            // Euler–Maruyama has an expansion a h + b h² + …: the extrapolated error is O(h²), the plain one O(h).
            var scale = 1 + Math.Abs(m0) + Math.Abs(law.Mean) + v0 + law.Volatility * law.Volatility;
            var tolerance = new Tolerance(2e-4, "second-order remainder at 200 steps; measured below 7e-5");
            Near.Scaled(0, 2 * fine.Mean - coarse.Mean, scale, tolerance, "extrapolated error of the mean");
            Near.Scaled(0, 2 * fine.Variance - coarse.Variance, scale, tolerance, "extrapolated error of the variance");
        }, seed: 8101, cases: 40);

    [Fact]
    public void OrnsteinUhlenbeck_ReversedWithAWrongFactor_IsFarOff()
    {
        // The check above has teeth: a score 10 % too strong misses the variance by two orders more than its tolerance.
        var law = new OrnsteinUhlenbeckLaw(1, 0.5, 1);
        var error = 2 * Errors(law, 1, 0.3, 1, 400, 1.1).Variance - Errors(law, 1, 0.3, 1, 200, 1.1).Variance;
        Assert.True(Math.Abs(error) > 2e-2, $"{error}");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void GeometricBrownian_ReverseDrift_SolvesTheFokkerPlanckEquationBackwards(double eta)
    {
        // Multiplicative noise: the divergence of G counts. −∂p/∂t = ∂(b p)/∂x + ½η² ∂²(G p)/∂x² where b is the reverse drift (used with dt < 0).
        var (sde, score) = LogNormal();
        var reverse = new ReverseGeneral<Scalar, Scalar, GeometricBrownianMotion<Scalar>, LogNormalScore>(sde, score, eta);
        const double t = 0.6, h = 1e-3;
        foreach (var x in (double[])[0.5, 0.9, 1.4, 2.2])
        {
            var rate = (Density(x, t + h) - Density(x, t - h)) / (2 * h);
            var flux = -(Flux(x + h) - Flux(x - h)) / (2 * h);
            var spread = 0.5 * eta * eta * (Spread(x + h) - 2 * Spread(x) + Spread(x - h)) / (h * h);
            // Read backwards: ∂p/∂t = −∂(b p)/∂x − ½η²∂²(G p)/∂x².
            Near.Absolute(rate, flux - spread, new Tolerance(1e-4, "central differences with steps of 1e-3"), $"∂p/∂t at {x}");
        }

        double Flux(double x) => reverse.Drift(x, Level.OfTime(t)).Value * Density(x, t);

        double Spread(double x)
        {
            var l = sde.Diffuse(x, Level.OfTime(t), 1).Value;
            return l * l * Density(x, t);
        }

        double Density(double x, double when)
        {
            var (m, v) = score.At(when);
            var z = Math.Log(x) - m;
            return Math.Exp(-0.5 * z * z / v) / (x * Math.Sqrt(2 * Math.PI * v));
        }
    }

    [Fact]
    public void GeometricBrownian_ProbabilityFlow_FollowsTheClosedForm()
    {
        // log x of a log-normal law is Gaussian: the flow carries (log x − m)/√v unchanged.
        var (sde, score) = LogNormal();
        var flow = new ReverseGeneral<Scalar, Scalar, GeometricBrownianMotion<Scalar>, LogNormalScore>(sde, score, 0);
        Assert.Equal(Calculus.Deterministic, flow.Calculus);
        var (m1, v1) = score.At(1);
        var (m0, v0) = score.At(0);
        foreach (var z in (double[])[-2, -0.3, 1.5])
        {
            var x = Math.Exp(m1 + Math.Sqrt(v1) * z);
            const int n = 200;
            for (var k = 0; k < n; k++) x = RungeKutta(x, 1 - (double)k / n, -1.0 / n);
            Near.Relative(Math.Exp(m0 + Math.Sqrt(v0) * z), x, new Tolerance(1e-8, "Runge–Kutta of order 4, 200 steps"), "x_0");
        }

        double RungeKutta(double x, double t, double h)
        {
            var k1 = F(x, t);
            var k2 = F(x + 0.5 * h * k1, t + 0.5 * h);
            var k3 = F(x + 0.5 * h * k2, t + 0.5 * h);
            var k4 = F(x + h * k3, t + h);
            return x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }

        double F(double x, double t) => flow.Drift(x, Level.OfTime(t)).Value;
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Rotor_ReversedInItsStationaryLaw_KeepsIt(double eta)
    {
        var rotor = new NoisyRotor(0.5, 3, 0.3, 0.5, 0.4, TimeRange.Unit);
        var s = rotor.Law.StationaryCovariance();
        var reverse = new ReverseGeneral<Vector2State, Vector3State, NoisyRotor, PlaneGaussianScore>(rotor, new PlaneGaussianScore(s), eta);
        var at = Level.OfTime(0.5);
        var (e1, e2) = (reverse.Drift(new(1, 0), at), reverse.Drift(new(0, 1), at));
        var (b1, b2, b3) = (reverse.Diffuse(default, at, new(1, 0, 0)), reverse.Diffuse(default, at, new(0, 1, 0)), reverse.Diffuse(default, at, new(0, 0, 1)));
        // In reversed time the drift has the other sign.
        var law = new LinearNoiseLaw(
            new[,] { { -e1.X, -e2.X }, { -e1.Y, -e2.Y } },
            new[,] { { b1.X, b2.X, b3.X }, { b1.Y, b2.Y, b3.Y } });
        var later = law.After(new Moments([0, 0], s), 0.7).Covariance;
        Near.Vector([s[0, 0], s[0, 1], s[1, 1]], [later[0, 0], later[0, 1], later[1, 1]], new Tolerance(1e-11, "rounding of two exponentials"), "covariance");
    }

    [Fact]
    public void Walls_OfTheForwardProcess_AreThoseOfTheReverse()
    {
        var law = new InkDropLaw([0.3, 0.6], [1, 1], 0.1, 1);
        var reverse = new ReverseGeneral<Vector2State, Vector2State, ReflectedBrownianMotion<Vector2State>, RectangleDropScore>(
            new(1, 1, TimeRange.Unit), new RectangleDropScore(law), 1);
        Assert.Equal(new Vector2State(0.25, 0.5), Confinement.Confine(ref reverse, new Vector2State(-0.25, 1.5)));
        var free = new BrownianMotion<Scalar>(1, 0, TimeRange.Unit);
        Assert.Equal(1.5, Confinement.Confine<Scalar, BrownianMotion<Scalar>>(ref free, 1.5).Value);
    }

    [Fact]
    public void NegativeEta_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new ReverseGeneral<Scalar, Scalar, GeometricBrownianMotion<Scalar>, LogNormalScore>(LogNormal().Sde, LogNormal().Score, -1));

    /// <summary>What Euler–Maruyama on the reverse process makes of the exact marginal at time 1, less the exact marginal at time 0.</summary>
    private static (double Mean, double Variance) Errors(OrnsteinUhlenbeckLaw law, double m0, double v0, double eta, int steps, double factor = 1)
    {
        var sde = new OrnsteinUhlenbeck<LinearForm>(law.Rate, LinearForm.OfConstant(law.Mean), law.Volatility, TimeRange.Unit);
        var reverse = new ReverseGeneral<LinearForm, LinearForm, OrnsteinUhlenbeck<LinearForm>, FormScore>(sde, new FormScore(law, m0, v0, factor), eta);
        var x = LinearForm.Identity;
        var h = 1.0 / steps;
        for (var k = 0; k < steps; k++)
        {
            var at = Level.OfTime(1 - k * h);
            x = x - h * reverse.Drift(x, at) + reverse.Diffuse(x, at, Math.Sqrt(h) * LinearForm.OfNoise(k));
        }
        return (x.Mean(law.MeanAfter(m0, 1)) - m0, x.Variance(law.VarianceAfter(v0, 1)) - v0);
    }

    private static (GeometricBrownianMotion<Scalar> Sde, LogNormalScore Score) LogNormal() =>
        (new(0.4, 0.6, 1, TimeRange.Unit), new(new GeometricBrownianLaw(0.4, 0.6), 0.1, 0.3));

    private readonly record struct FormScore(OrnsteinUhlenbeckLaw Law, double StartMean, double StartVariance, double Factor) : IScore<LinearForm>
    {
        public Parametrisation Output => Parametrisation.Score;

        public LinearForm Evaluate(LinearForm x, in Level level) =>
            Factor / Law.VarianceAfter(StartVariance, level.Time) * (LinearForm.OfConstant(Law.MeanAfter(StartMean, level.Time)) - x);
    }

    private readonly record struct LogNormalScore(GeometricBrownianLaw Law, double StartMean, double StartVariance) : IScore<Scalar>
    {
        public Parametrisation Output => Parametrisation.Score;

        public (double Mean, double Variance) At(double t) => (StartMean + Law.LogGrowth * t, StartVariance + Law.Volatility * Law.Volatility * t);

        public Scalar Evaluate(Scalar x, in Level level)
        {
            var (m, v) = At(level.Time);
            return GeometricBrownianLaw.Score(x.Value, m, v);
        }
    }

    private readonly record struct PlaneGaussianScore(double[,] Covariance) : IScore<Vector2State>
    {
        public Parametrisation Output => Parametrisation.Score;

        public Vector2State Evaluate(Vector2State x, in Level level)
        {
            var (a, b, c) = (Covariance[0, 0], Covariance[0, 1], Covariance[1, 1]);
            var determinant = a * c - b * b;
            return new(-(c * x.X - b * x.Y) / determinant, -(a * x.Y - b * x.X) / determinant);
        }
    }
}
