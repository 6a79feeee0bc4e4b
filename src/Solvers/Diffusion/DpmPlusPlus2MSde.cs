using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>
/// SDE-DPM-Solver++(2M) at any noise rate r: with z = (1 + r)h, x' = (σ'/σ)e^(−rh) x + α'(1 − e^(−z)) [(1 + 1/2r₀) x̂_0 − x̂_0⁻/2r₀] + σ'√(1 − e^(−2rh)) ξ.
/// </summary>
/// <remarks>
/// Lu et al., 2211.01095, appendix on the SDE (r = 1; re-derived for any r: docs/derivations/dpm-solver.md). Weak order 2, strong order 1; one evaluation
/// and one draw a step; history: one denoised state. At r = 0 it is DPM-Solver++(2M). k-diffusion's eta of this solver is r; the eta of its ancestral
/// samplers and of DDIM is not (docs/derivations/conversions-and-eta.md).
/// </remarks>
/// <param name="Rate">r = η² ≥ 0 of the reverse process: 1 the reverse SDE, 0 the probability flow.</param>
/// <param name="Second">How a second-order step weighs the slope; the default is the authors'.</param>
public readonly record struct DpmPlusPlus2MSde(double Rate = 1, SecondOrder Second = SecondOrder.Midpoint) : IDiffusionSolver<DpmPlusPlus2MSde, DpmMultistep>
{
    /// <summary>With the rate 1 and the midpoint type.</summary>
    public DpmPlusPlus2MSde() : this(1) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpmpp-2m-sde",
        Title = "SDE-DPM-Solver++(2M)",
        Reference = "Lu et al., 2211.01095, appendix on the SDE",
        Orders = Orders.AtRate(Rate, new OrderClaim.Measured(2), new OrderClaim.Measured(2), new OrderClaim.Measured(1)),
        HistoryDepth = 1,
        Keeps = Parametrisation.Denoised,
        NoiseSlots = Rate == 0 ? 0 : 1,
        Rate = Rate,
        WhenToUse = "stochastic samples with 20 to 50 steps",
        ConfusedWith = "dpmpp-sde, which takes two evaluations; ddpm, which is its first-order form",
    };

    /// <inheritdoc/>
    public DpmMultistep Plan(in StepWindow window) =>
        DpmMultistep.Of(window, ExponentialStep.OfData(window.From, window.To, Rate), 2, Second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        DpmMultistep.Step(in step, x, ref model, ref noise, ref history);
}
