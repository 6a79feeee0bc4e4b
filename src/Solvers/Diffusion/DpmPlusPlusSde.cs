using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>
/// DPM++ SDE: DPM-Solver++(2S) with noise that enters at both stages. The noise of the step and the noise up to its inner stage belong to one Brownian
/// path, and so they are drawn: over [t, m] and over [m, s], with the step's noise their sum.
/// </summary>
/// <remarks>
/// k-diffusion's dpmpp_sde with its path in the exact clock e^(2rλ), r = η_d², renormalised to the variance of an ancestral step; at η_d = 1 that is the
/// path of the reverse SDE itself, so for one-point data any number of steps is exact (docs/derivations/dpm-solver.md). Weak order 2 at η_d = 1, strong order
/// 1; at another η_d the rate of a step differs from η_d² by O(h), so that the transition is of order 1 and the marginal of order 2. Two evaluations and two draws a step, one evaluation and none into σ = 0. At η_d = 0 it is DPM-Solver++(2S).
/// With independent draws for the two stages, which is what that program does where its noise sampler is a plain generator, the weak order falls to 1
/// without any sign of it. Confused with SDE-DPM-Solver++(2M), which has no inner stage.
/// </remarks>
/// <param name="Eta">η_d ≥ 0, as in DDIM: per step, not the η of the reverse process. Where η_d²(1 − e^(−2h)) would exceed 1 all noise is new.</param>
/// <param name="R1">Where the inner stage is, in units of Δλ.</param>
/// <param name="IndependentNoise">Whether the step's noise is independent of its inner stage's: for parity and as a warning, of weak order 1.</param>
public readonly record struct DpmPlusPlusSde(double Eta = 1, double R1 = 0.5, bool IndependentNoise = false)
    : IDiffusionSolver<DpmPlusPlusSde, DpmPlusPlusSde.Coefficients>
{
    /// <summary>With η_d = 1 and the inner stage in the middle.</summary>
    public DpmPlusPlusSde() : this(1) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpmpp-sde",
        Title = "DPM++ SDE",
        Reference = "k-diffusion, sample_dpmpp_sde; 2211.01095, algorithm 1, with noise",
        Orders = Orders.AtRate(Eta, new OrderClaim.Measured(2), new OrderClaim.Measured(IndependentNoise || Eta != 1 ? 1 : 2), IndependentNoise ? new OrderClaim.None("the stages draw unrelated noises") : new OrderClaim.Measured(1)),
        Marginal = IndependentNoise || Eta is 0 or 1 ? null : new OrderClaim.Measured(2),
        EvaluationsPerStep = 2,
        NoiseSlots = Eta == 0 ? 0 : 2,
        Rate = Eta * Eta,
        WhenToUse = "stochastic samples of good detail with 10 to 25 steps",
        ConfusedWith = "dpmpp-2m-sde, which reuses the last output; dpmpp-2s-ancestral, which adds its noise after the step",
    };

    /// <inheritdoc/>
    public Coefficients Plan(in StepWindow window)
    {
        if (!(R1 > 0 && R1 < 1)) throw new ArgumentException(FormattableString.Invariant($"r1 is {R1}; the inner stage lies inside the step"));
        var (t, s) = (window.From, window.To);
        if (t.Sigma == 0) throw new ArgumentException($"data prediction divides by σ, which is 0 at {t}: begin where σ > 0");
        var end = AncestralShare.Of(t, s, Eta);
        var state = end.Kept / t.Sigma;
        var total = s.Alpha - state * t.Alpha;
        if (!double.IsFinite(window.LambdaStep)) return new Coefficients(1, default, 0, state, total, 0, end.Fresh, 0);

        var m = window.AtLambda(t.Lambda + R1 * window.LambdaStep);
        var inner = AncestralShare.Of(t, m, Eta);
        var lean = inner.Kept / t.Sigma;
        var stage = new DpmStage(m, lean, m.Alpha - lean * t.Alpha, 0);
        var second = total / (2 * R1);
        var (first, rest) = Shares(m.Lambda - t.Lambda, s.Lambda - m.Lambda);
        return new Coefficients(2, stage, inner.Fresh, state, total - second, second, end.Fresh * first, end.Fresh * rest);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<Coefficients> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var plan = step.Plan;
        var m0 = T.Settle(model.Predict(x, in step.From).Denoised);
        var y = plan.State * x + plan.First * m0;
        if (plan.Order == 1) return plan.NoiseFirst == 0 ? y : y + plan.NoiseFirst * noise.Increment(step.Interval, 0);

        var at = plan.Middle.At;
        var u = plan.Middle.State * x + plan.Middle.First * m0;
        if (plan.MiddleNoise == 0) return y + plan.Second * model.Predict(T.Settle(u), in at).Denoised;
        var (interval, time) = (step.Interval, at.Time);
        var z0 = noise.Increment(interval with { To = time }, 0);
        var m1 = model.Predict(T.Settle(u + plan.MiddleNoise * z0), in at).Denoised;
        y = y + plan.Second * m1 + plan.NoiseRest * noise.Increment(interval with { From = time }, 1);
        return plan.NoiseFirst == 0 ? y : y + plan.NoiseFirst * z0;
    }

    /// <summary>Parts of the step's unit noise that fall before and after the inner stage: roots of the clock's shares.</summary>
    private (double Before, double After) Shares(double before, double after)
    {
        if (IndependentNoise || Eta == 0) return (0, 1);
        var r = 2 * Eta * Eta;
        var whole = CancellationFree.Expm1(-r * (before + after));
        var rest = CancellationFree.Expm1(-r * after) / whole;
        return (Math.Sqrt(Math.Exp(-r * after) * CancellationFree.Expm1(-r * before) / whole), Math.Sqrt(rest));
    }

    /// <summary>The inner stage with the deviation of its noise, and the end: factors of x, of the two outputs and of the two draws.</summary>
    public readonly record struct Coefficients(
        int Order, DpmStage Middle, double MiddleNoise, double State, double First, double Second, double NoiseFirst, double NoiseRest) : IStepPlan
    {
        /// <inheritdoc/>
        public int Evaluations => Order;
    }
}
