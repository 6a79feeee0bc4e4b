using System.Runtime.CompilerServices;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>What the steps of <see cref="DpmFast"/> end with, after steps of order 3.</summary>
public enum FastEnd
{
    /// <summary>…, 3, 2, 1: three evaluations for each step but one. For a number of evaluations divisible by 3.</summary>
    TwoOne,

    /// <summary>…, 3, 1: for a remainder of 1.</summary>
    One,

    /// <summary>…, 3, 2: for a remainder of 2.</summary>
    Two,
}

/// <summary>DPM-Solver-fast: single steps of order 3, with the last one or two of lower order so that a given number of evaluations is used up.</summary>
/// <remarks>
/// Lu et al., 2206.00927, section 3.4 (k-diffusion's dpm_fast, on a grid uniform in λ). N evaluations are ⌊N/3⌋ + 1 steps, with the end that the remainder
/// of N by 3 asks for. The last steps are of lower order at a fixed place in λ only if the grid is fine there, so the global order is that of the last step's
/// local error: 2. Stages at 1/3, 2/3 and 1/2. Confused with DPM-Solver-3, all steps of which are of order 3.
/// </remarks>
/// <param name="End">The orders of the last steps.</param>
/// <param name="Data">Whether it predicts data (DPM-Solver++) instead of noise.</param>
public readonly record struct DpmFast(FastEnd End = FastEnd.TwoOne, bool Data = false) : IDiffusionSolver<DpmFast, DpmStages>
{
    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpm-fast",
        Title = "DPM-Solver-fast",
        Reference = "Lu et al., 2206.00927, section 3.4",
        Orders = Orders.OfFlow(End == FastEnd.Two ? new OrderClaim.Measured(3) : new OrderClaim.Measured(2)),
        EvaluationsPerStep = 3,
        WhenToUse = "unconditional models with 10 to 20 evaluations",
        ConfusedWith = "dpm-3s, all steps of which are of order 3",
    };

    /// <inheritdoc/>
    public DpmStages Plan(in StepWindow window)
    {
        var order = End switch
        {
            FastEnd.TwoOne => Math.Min(window.Remaining + 1, 3),
            FastEnd.One => window.Remaining == 0 ? 1 : 3,
            _ => window.Remaining == 0 ? 2 : 3,
        };
        return DpmStages.OrderOf(window, order) switch
        {
            1 => DpmStages.One(window.From, window.To, Data),
            2 => DpmStages.Two(window, window.To, Data, 0.5, SecondOrder.Midpoint),
            _ => DpmStages.Three(window, window.To, Data, 1.0 / 3, 2.0 / 3, ThirdOrder.Line, SecondOrder.Heun),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmStages> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> => step.Plan.Apply(in step.From, x, ref model);
}
