using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>RES 3S, the refined exponential solver with three stages and order 3 under the stiff order conditions.</summary>
/// <remarks>
/// Zhang et al., 2308.02157, section 3 and appendix; the family of Hochbruck and Ostermann with nodes c_2, c_3, re-derived in
/// <see cref="ExponentialTableau"/>. Three evaluations a step, one into σ = 0. At c2 = 1/3, c3 = 2/3 its second weight is 0. Confused with
/// DPM-Solver-3, which predicts noise.
/// </remarks>
/// <param name="C2">Place of the second stage in λ, not 2/3.</param>
/// <param name="C3">Place of the third.</param>
public readonly record struct Res3S(double C2 = 0.5, double C3 = 1) : IDiffusionSolver<Res3S, Res3S.Coefficients>
{
    /// <summary>With the defaults.</summary>
    public Res3S() : this(0.5, 1) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "res-3s",
        Title = "RES 3S",
        Reference = "Zhang et al., 2308.02157, section 3",
        Orders = Orders.OfFlow(new OrderClaim.Proven(3, "Hochbruck and Ostermann, SIAM J. Numer. Anal. 43 (2005), theorem 4.7")),
        EvaluationsPerStep = 3,
        WhenToUse = "accurate deterministic maps in few steps, without history",
        ConfusedWith = "DPM-Solver-3, in noise prediction",
    };

    /// <inheritdoc/>
    public Coefficients Plan(in StepWindow window)
    {
        var (t, s, z) = (window.From, window.To, window.LambdaStep);
        var whole = ExactStep.Between(t, s, 0);
        if (!double.IsFinite(z)) return new Coefficients(default, default, s, s, whole.State, whole.Denoised, 0, 0, true);
        var w = ExponentialTableau.ThreeStage(z, C2, C3);
        var (m2, m3) = (C2 == 1 ? s : window.AtLambda(t.Lambda + C2 * z), C3 == 1 ? s : window.AtLambda(t.Lambda + C3 * z));
        var (part2, part3) = (ExactStep.Between(t, m2, 0), ExactStep.Between(t, m3, 0));
        return new Coefficients(
            new Stage(part2.State, part2.Denoised, 0), new Stage(part3.State, m3.Alpha * w.A31, m3.Alpha * w.A32), m2, m3,
            whole.State, s.Alpha * w.B1, s.Alpha * w.B2, s.Alpha * w.B3, false);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<Coefficients> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var plan = step.Plan;
        var (m2, m3) = (plan.Level2, plan.Level3);
        var d1 = T.Settle(model.Predict(x, in step.From).Denoised);
        if (plan.OneCall) return plan.State * x + plan.First * d1;
        var d2 = T.Settle(model.Predict(T.Settle(plan.Stage2.State * x + plan.Stage2.First * d1), in m2).Denoised);
        var inside = T.Settle(plan.Stage3.State * x + plan.Stage3.First * d1 + plan.Stage3.Second * d2);
        var d3 = model.Predict(inside, in m3).Denoised;
        return plan.State * x + plan.First * d1 + plan.Second * d2 + plan.Third * d3;
    }

    /// <summary>Factors of the state, D_1 and D_2 in a stage.</summary>
    public readonly record struct Stage(double State, double First, double Second);

    /// <summary>The stages and their levels; factors of the state, D_1, D_2 and D_3 in the step; whether Δλ is infinite.</summary>
    public readonly record struct Coefficients(
        Stage Stage2, Stage Stage3, Level Level2, Level Level3, double State, double First, double Second, double Third, bool OneCall) : IStepPlan
    {
        /// <inheritdoc/>
        public int Order => OneCall ? 1 : 3;

        /// <inheritdoc/>
        public int Evaluations => OneCall ? 1 : 3;
    }
}
