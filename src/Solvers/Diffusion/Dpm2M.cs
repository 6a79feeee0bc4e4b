using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>
/// DPM-Solver-2M: noise prediction with a line through the last two ε. x' = (α'/α) x − σ'(e^h − 1) [(1 + 1/2r) ε − ε⁻/2r], h = Δλ, r the last step's h
/// over this one's.
/// </summary>
/// <remarks>
/// The multistep form of Lu et al., 2206.00927, as in the authors' program (re-derived: docs/derivations/dpm-solver.md). Order 2 with one evaluation a
/// step; history: one ε. The start of order 1 does not lower the global order. Confused with DPM-Solver++(2M), which interpolates x̂_0 and is the
/// more stable of the two with guidance.
/// </remarks>
/// <param name="Second">How a second-order step weighs the slope; the default is the authors'.</param>
public readonly record struct Dpm2M(SecondOrder Second = SecondOrder.Midpoint) : IDiffusionSolver<Dpm2M, DpmMultistep>
{
    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpm-2m",
        Title = "DPM-Solver-2M",
        Reference = "Lu et al., 2206.00927, multistep",
        Orders = new Orders(
            new OrderClaim.Proven(2, "exponential Adams-Bashforth: Calvo and Palencia, Numer. Math. 102 (2006); Hochbruck and Ostermann, Acta Numerica 2010, section 2.5"),
            new OrderClaim.None("deterministic"),
            new OrderClaim.None("deterministic")),
        HistoryDepth = 1,
        WhenToUse = "unconditional models with 15 steps and more",
        ConfusedWith = "dpmpp-2m, which interpolates the denoised state; dpm-2, which is a midpoint rule",
    };

    /// <inheritdoc/>
    public DpmMultistep Plan(in StepWindow window) =>
        DpmMultistep.Of(window, ExponentialStep.OfNoise(window.From, window.To), 2, Second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        DpmMultistep.Step(in step, x, ref model, ref noise, ref history);
}
