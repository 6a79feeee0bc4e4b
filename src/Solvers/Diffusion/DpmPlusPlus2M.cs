using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>
/// DPM-Solver++(2M): data prediction with a line through the last two denoised states. x' = (σ'/σ) x + α'(1 − e^(−h)) [(1 + 1/2r) x̂_0 − x̂_0⁻/2r],
/// h = Δλ, r the last step's h over this one's.
/// </summary>
/// <remarks>
/// Lu et al., 2211.01095, algorithm 2 (midpoint); the other type has the exact weights of a line. Order 2 with one evaluation a step; the first step
/// is of order 1, which does not lower the global order. History: one denoised state. Coefficients: docs/derivations/dpm-solver.md. Confused with
/// DPM-Solver-2M, which interpolates ε, and with DPM-Solver++(2S), which takes two evaluations and no history.
/// </remarks>
/// <param name="Second">How a second-order step weighs the slope; the default is the authors'.</param>
public readonly record struct DpmPlusPlus2M(SecondOrder Second = SecondOrder.Midpoint) : IDiffusionSolver<DpmPlusPlus2M, DpmMultistep>
{
    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpmpp-2m",
        Title = "DPM-Solver++(2M)",
        Reference = "Lu et al., 2211.01095, algorithm 2",
        Orders = new Orders(
            new OrderClaim.Proven(2, "exponential Adams-Bashforth: Calvo and Palencia, Numer. Math. 102 (2006); Hochbruck and Ostermann, Acta Numerica 2010, section 2.5"),
            new OrderClaim.None("deterministic"),
            new OrderClaim.None("deterministic")),
        HistoryDepth = 1,
        Keeps = Parametrisation.Denoised,
        WhenToUse = "the default for 10 to 30 steps, also with guidance",
        ConfusedWith = "dpm-2m, which interpolates the noise; dpmpp-2s, which has no history",
    };

    /// <inheritdoc/>
    public DpmMultistep Plan(in StepWindow window) =>
        DpmMultistep.Of(window, ExponentialStep.OfData(window.From, window.To), 2, Second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        DpmMultistep.Step(in step, x, ref model, ref noise, ref history);
}
