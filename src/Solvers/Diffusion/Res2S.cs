using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>RES 2S, the refined exponential solver with two stages: the exponential Runge–Kutta method that meets the stiff order conditions of order 2.</summary>
/// <remarks>
/// Zhang et al., 2308.02157, algorithm 1 (single step): B_2 = φ_2(−z)/c_2 where DPM-Solver++ 2S has the weakened φ_1(−z)/(2c_2); weights re-derived in
/// <see cref="ExponentialTableau"/>. Two evaluations a step, one into σ = 0. At c2 = 1 it is exponential Heun. Confused with DPM-Solver++ 2S.
/// </remarks>
/// <param name="C2">Place of the second stage in λ, 0 &lt; c2 ≤ 1.</param>
public readonly record struct Res2S(double C2 = 0.5) : IDiffusionSolver<Res2S, Res2S.Coefficients>
{
    /// <summary>With the defaults.</summary>
    public Res2S() : this(0.5) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "res-2s",
        Title = "RES 2S",
        Reference = "Zhang et al., 2308.02157, algorithm 1",
        Orders = Orders.OfFlow(new OrderClaim.Proven(2, "Hochbruck and Ostermann, SIAM J. Numer. Anal. 43 (2005), theorem 4.7")),
        EvaluationsPerStep = 2,
        WhenToUse = "deterministic samples in few large steps, without history",
        ConfusedWith = "DPM-Solver++ 2S, whose second weight differs from second order in the step on",
    };

    /// <inheritdoc/>
    public Coefficients Plan(in StepWindow window)
    {
        var (t, s, z) = (window.From, window.To, window.LambdaStep);
        var whole = ExactStep.Between(t, s, 0);
        if (!double.IsFinite(z)) return new Coefficients(0, 0, s, whole.State, whole.Denoised, 0, true);
        var tableau = ExponentialTableau.TwoStage(z, C2);
        var middle = C2 == 1 ? s : window.AtLambda(t.Lambda + C2 * z);
        var part = ExactStep.Between(t, middle, 0);
        return new Coefficients(part.State, part.Denoised, middle, whole.State, s.Alpha * tableau.B1, s.Alpha * tableau.B2, false);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<Coefficients> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var plan = step.Plan;
        var middle = plan.Middle;
        var d1 = T.Settle(model.Predict(x, in step.From).Denoised);
        if (plan.OneCall) return plan.State * x + plan.First * d1;
        var inside = T.Settle(plan.MiddleState * x + plan.MiddleFirst * d1);
        return plan.State * x + plan.First * d1 + plan.Second * model.Predict(inside, in middle).Denoised;
    }

    /// <summary>Factors of the state and D_1 in the second stage, its level; of the state, D_1 and D_2 in the step; whether Δλ is infinite.</summary>
    public readonly record struct Coefficients(
        double MiddleState, double MiddleFirst, Level Middle, double State, double First, double Second, bool OneCall) : IStepPlan
    {
        /// <inheritdoc/>
        public int Order => OneCall ? 1 : 2;

        /// <inheritdoc/>
        public int Evaluations => OneCall ? 1 : 2;
    }
}
