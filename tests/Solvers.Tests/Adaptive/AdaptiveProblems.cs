using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration.Adaptive.Fields;
using ScoreSde.Solvers.States;
using ScoreSde.Solvers.States.Reals;

namespace ScoreSde.Solvers.Tests.Adaptive;

/// <summary>x' = −λᵢ x, point by point.</summary>
internal readonly struct Decay(double[] rates) : IGeneralSde<Points, Points>
{
    public Calculus Calculus => Calculus.Deterministic;

    public double Start => 0;

    public double End => 1;

    public Level At(double time) => Level.OfTime(time);

    public Points Drift(Points x, in Level at) => -1.0 * (new PointReal(rates) * x);

    public Points Diffuse(Points x, in Level at, Points dW) => 0.0 * dW;
}

/// <summary>The same as a field with a time a point.</summary>
internal readonly struct DecayField(double[] rates) : ITimedField<Points, PointReal>
{
    public Points Slope(Points x, PointReal time) => -1.0 * (new PointReal(rates) * x);
}

/// <summary>x' = x², point by point.</summary>
internal readonly struct SquareField : ITimedField<Points, PointReal>
{
    public Points Slope(Points x, PointReal time) => x * x;
}

/// <summary>x' = |t − 1/3|.</summary>
internal readonly struct Kink(List<double> times) : IGeneralSde<Scalar, Scalar>
{
    public Calculus Calculus => Calculus.Deterministic;

    public double Start => 0;

    public double End => 1;

    public Level At(double time) => Level.OfTime(time);

    public Scalar Drift(Scalar x, in Level at)
    {
        times.Add(at.Time);
        return Math.Abs(at.Time - 1.0 / 3);
    }

    public Scalar Diffuse(Scalar x, in Level at, Scalar dW) => 0.0 * dW;
}

/// <summary>x' = x².</summary>
internal readonly struct Square : IGeneralSde<Scalar, Scalar>
{
    public Calculus Calculus => Calculus.Deterministic;

    public double Start => 0;

    public double End => 2;

    public Level At(double time) => Level.OfTime(time);

    public Scalar Drift(Scalar x, in Level at) => x * x;

    public Scalar Diffuse(Scalar x, in Level at, Scalar dW) => 0.0 * dW;
}
