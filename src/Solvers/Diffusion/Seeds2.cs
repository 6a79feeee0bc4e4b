using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>How a second stage is weighed.</summary>
public enum SeedsWeights
{
    /// <summary>B_2 = (1 − e^{−z})/(2c): the published scheme, and that of DPM-Solver++ 2S.</summary>
    Phi1,

    /// <summary>B_2 = z φ_2(−z)/c: the stiff order conditions met.</summary>
    Phi2,
}

/// <summary>SEEDS-2: a two-stage exponential step of the reverse process at any rate, whose stage noise is a part of the step's noise.</summary>
/// <remarks>
/// Gonzalez et al., 2305.14267, algorithm 2 (data prediction; re-derived), z = (1 + r)Δλ. The noise of the step is that of its first part, carried on, plus
/// that of its second: with independent noises for stage and step the weak order would be 1. At r = 0 with phi2 it is RES 2S. Two evaluations a step,
/// one into σ = 0. Confused with k-diffusion's dpmpp_sde, whose stage goes down a deterministic way first.
/// </remarks>
/// <param name="C">Place of the second stage in λ, 0 &lt; c &lt; 1.</param>
/// <param name="Rate">r = η² ≥ 0.</param>
/// <param name="Weights">Weights of the stages.</param>
public readonly record struct Seeds2(double C = 0.5, double Rate = 1, SeedsWeights Weights = SeedsWeights.Phi1) : IDiffusionSolver<Seeds2, Seeds2.Coefficients>
{
    /// <summary>With the defaults.</summary>
    public Seeds2() : this(0.5, 1) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "seeds-2",
        Title = "SEEDS-2",
        Reference = "Gonzalez et al., 2305.14267, algorithm 2",
        Orders = Orders.AtRate(Rate, Rate == 0 ? new OrderClaim.Measured(2) : new OrderClaim.None("stochastic"), new OrderClaim.Measured(2), new OrderClaim.Measured(1)),
        EvaluationsPerStep = 2,
        NoiseSlots = Rate == 0 ? 0 : 2,
        Rate = Rate,
        WhenToUse = "stochastic samples with 20 to 100 evaluations, without history",
        ConfusedWith = "dpmpp_sde of k-diffusion",
    };

    /// <inheritdoc/>
    public Coefficients Plan(in StepWindow window)
    {
        var rate = Stochasticity.OfRate(Rate).Rate;
        if (!(C is > 0 and < 1)) throw new ArgumentException(FormattableString.Invariant($"c is {C}; the second stage is inside the step, 0 < c < 1"));
        var (t, s) = (window.From, window.To);
        var whole = ExactStep.Between(t, s, rate);
        var z = (1 + rate) * window.LambdaStep;
        if (!double.IsFinite(z)) return new Coefficients(default, s, whole.State, whole.Denoised, 0, whole.Noise, 0, true);
        var middle = window.AtLambda(t.Lambda + C * window.LambdaStep);
        var (first, rest) = (ExactStep.Between(t, middle, rate), ExactStep.Between(middle, s, rate));
        var second = Weights == SeedsWeights.Phi1 ? whole.Denoised / (2 * C) : s.Alpha * ExponentialTableau.TwoStage(z, C).B2;
        return new Coefficients(first, middle, whole.State, whole.Denoised - second, second, rest.State * first.Noise, rest.Noise, false);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<Coefficients> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var plan = step.Plan;
        var middle = plan.Middle;
        var d1 = T.Settle(model.Predict(x, in step.From).Denoised);
        if (plan.OneCall)
        {
            var last = plan.State * x + plan.First * d1;
            return plan.Noise1 == 0 ? last : last + plan.Noise1 * noise.Increment(step.Interval, 0);
        }
        var inside = plan.Stage.State * x + plan.Stage.Denoised * d1;
        if (plan.Stage.Noise == 0)
            return plan.State * x + plan.First * d1 + plan.Second * model.Predict(T.Settle(inside), in middle).Denoised;
        var z1 = noise.Increment(new Interval(step.Index, step.From.Time, middle.Time), 0);
        var d2 = model.Predict(T.Settle(inside + plan.Stage.Noise * z1), in middle).Denoised;
        var z2 = noise.Increment(new Interval(step.Index, middle.Time, step.To.Time), 1);
        return plan.State * x + plan.First * d1 + plan.Second * d2 + plan.Noise1 * z1 + plan.Noise2 * z2;
    }

    /// <summary>The stage and its level; factors of the state, D_1, D_2 and the noises of the two parts in the step; whether Δλ is infinite.</summary>
    public readonly record struct Coefficients(
        ExactStep Stage, Level Middle, double State, double First, double Second, double Noise1, double Noise2, bool OneCall) : IStepPlan
    {
        /// <inheritdoc/>
        public int Order => OneCall ? 1 : 2;

        /// <inheritdoc/>
        public int Evaluations => OneCall ? 1 : 2;
    }
}
