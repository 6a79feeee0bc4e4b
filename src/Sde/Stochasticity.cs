using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde;

/// <summary>
/// How much noise a reverse run puts back: dx = [f x − ½(1 + η²) g² s] dt + η g dW̄, with the rate r = η². Over a step of Δλ = h the noise has
/// variance σ²(1 − e^{−2rh}).
/// </summary>
/// <remarks>
/// The literature's other meanings of "eta" agree with this one at 0 and 1 only; the conversions here are exact for a step.
/// Note: docs/derivations/conversions-and-eta.md.
/// </remarks>
public readonly record struct Stochasticity
{
    private Stochasticity(double rate) => Rate = rate;

    /// <summary>r = η² ≥ 0.</summary>
    public double Rate { get; }

    /// <summary>η = √r.</summary>
    public double Eta => Math.Sqrt(Rate);

    /// <summary>η = 0.</summary>
    public static Stochasticity ProbabilityFlow => new(0);

    /// <summary>η = 1, the reverse SDE of Anderson, whose paths have the law of the forward ones.</summary>
    public static Stochasticity ReverseSde => new(1);

    /// <summary>From η.</summary>
    /// <exception cref="ArgumentOutOfRangeException">η is negative or infinite.</exception>
    public static Stochasticity OfEta(double eta) => new(Required(eta, "η") * eta);

    /// <summary>From the rate r = η².</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or infinite.</exception>
    public static Stochasticity OfRate(double rate) => new(Required(rate, "the rate η²"));

    /// <summary>From SA-Solver's τ: r = τ².</summary>
    /// <exception cref="ArgumentOutOfRangeException">τ is negative or infinite.</exception>
    public static Stochasticity OfSaTau(double tau) => new(Required(tau, "τ") * tau);

    /// <summary>From the eta of k-diffusion's DPM-Solver++(2M) SDE and 3M SDE: r = eta.</summary>
    /// <exception cref="ArgumentOutOfRangeException">eta is negative or infinite.</exception>
    public static Stochasticity OfMultistepEta(double eta) => new(Required(eta, "eta"));

    /// <summary>
    /// From DDIM's η_d (Song et al., 2010.02502, whose step puts back η_d²σ²(1 − e^{−2h})), also the eta of k-diffusion's ancestral samplers:
    /// the rate of η_d²(1 − e^{−2h}) = 1 − e^{−2rh}.
    /// </summary>
    /// <param name="eta">η_d.</param>
    /// <param name="h">The step Δλ ≥ 0; 0 gives the limit r = η_d².</param>
    /// <exception cref="ArgumentOutOfRangeException">η_d is negative, or at or above 1/√(1 − e^{−2h}), where no rate puts back so much.</exception>
    public static Stochasticity OfDdim(double eta, double h)
    {
        Required(eta, "DDIM's η");
        Step(h);
        if (eta is 0 or 1) return new Stochasticity(eta);
        if (h == 0) return new Stochasticity(eta * eta);
        var share = eta * eta * -Expm1(-2 * h);
        if (!(share < 1))
            throw new ArgumentOutOfRangeException(nameof(eta), eta, FormattableString.Invariant(
                $"DDIM's η is {eta}; over a step of Δλ = {h} it is below 1/√(1 − e^(−2h)) = {GreatestDdim(h)}, as no run puts back more than all the noise"));
        return new Stochasticity(-Log1p(-share) / (2 * h));
    }

    /// <summary>SA-Solver's τ.</summary>
    public double ToSaTau() => Eta;

    /// <summary>k-diffusion's eta of the multistep SDE solvers.</summary>
    public double ToMultistepEta() => Rate;

    /// <summary>DDIM's η_d for a step of Δλ = h, also the eta of the ancestral samplers.</summary>
    public double ToDdim(double h)
    {
        Step(h);
        return h == 0 || Rate is 0 or 1 ? Eta : Math.Sqrt(Expm1(-2 * Rate * h) / Expm1(-2 * h));
    }

    /// <summary>1/√(1 − e^{−2h}), which DDIM's η_d stays below.</summary>
    public static double GreatestDdim(double h) => 1 / Math.Sqrt(-Expm1(-2 * Step(h)));

    private static double Required(double value, string what) =>
        value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, FormattableString.Invariant($"{what} is ≥ 0 and finite; given {value}"));

    private static double Step(double h) =>
        h >= 0 ? h : throw new ArgumentOutOfRangeException(nameof(h), h, FormattableString.Invariant($"a reverse step has Δλ ≥ 0; given {h}"));
}
