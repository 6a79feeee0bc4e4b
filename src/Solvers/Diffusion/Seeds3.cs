using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>SEEDS-3: a three-stage exponential step of the reverse process at any rate; the noises of its three parts are carried from stage to stage.</summary>
/// <remarks>
/// Gonzalez et al., 2305.14267, algorithm 3 (data prediction; re-derived): the third-order exponential Runge–Kutta method of Hochbruck and Ostermann with
/// γ = 0, so c_3 = 2/3 for order 3 at r = 0, where at c_2 = 1/3 it is RES 3S with the same nodes. With noise more stages do not raise the weak order
/// beyond that of the noise: 2. Three evaluations a step, one into σ = 0. Confused with DPM-Solver-3.
/// </remarks>
/// <param name="C2">Place of the second stage in λ.</param>
/// <param name="C3">Place of the third, c2 &lt; c3 &lt; 1.</param>
/// <param name="Rate">r = η² ≥ 0.</param>
public readonly record struct Seeds3(double C2 = 1.0 / 3, double C3 = 2.0 / 3, double Rate = 1) : IDiffusionSolver<Seeds3, Seeds3.Coefficients>
{
    /// <summary>With the defaults.</summary>
    public Seeds3() : this(1.0 / 3) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "seeds-3",
        Title = "SEEDS-3",
        Reference = "Gonzalez et al., 2305.14267, algorithm 3",
        Orders = Orders.AtRate(Rate, Rate == 0 ? new OrderClaim.Measured(C3 == 2.0 / 3 ? 3 : 2) : new OrderClaim.None("stochastic"), new OrderClaim.Measured(2), new OrderClaim.Measured(1)),
        EvaluationsPerStep = 3,
        NoiseSlots = Rate == 0 ? 0 : 3,
        Rate = Rate,
        WhenToUse = "stochastic samples with 60 evaluations and more, without history",
        ConfusedWith = "DPM-Solver-3",
    };

    /// <inheritdoc/>
    public Coefficients Plan(in StepWindow window)
    {
        var rate = Stochasticity.OfRate(Rate).Rate;
        if (!(C2 > 0 && C2 < C3 && C3 < 1)) throw new ArgumentException(FormattableString.Invariant($"c2 is {C2}, c3 {C3}; the stages are in order inside the step, 0 < c2 < c3 < 1"));
        var (t, s, h) = (window.From, window.To, window.LambdaStep);
        var whole = ExactStep.Between(t, s, rate);
        var z = (1 + rate) * h;
        if (!double.IsFinite(z)) return new Coefficients(default, default, s, s, whole.State, whole.Denoised, 0, whole.Noise, 0, 0, true);
        var (m2, m3) = (window.AtLambda(t.Lambda + C2 * h), window.AtLambda(t.Lambda + C3 * h));
        var (one, two, three) = (ExactStep.Between(t, m2, rate), ExactStep.Between(m2, m3, rate), ExactStep.Between(m3, s, rate));
        var upTo3 = ExactStep.Between(t, m3, rate);
        // z φ_2(−z)/c for a step of z and a node at the part c of it, as in a method of two stages.
        var second = m3.Alpha * ExponentialTableau.TwoStage(C3 * z, C2 / C3).B2;
        var third = s.Alpha * ExponentialTableau.TwoStage(z, C3).B2;
        var carried = two.State * one.Noise;
        return new Coefficients(
            one, new Stage(upTo3.State, upTo3.Denoised - second, second, carried, two.Noise), m2, m3,
            whole.State, whole.Denoised - third, third, three.State * carried, three.State * two.Noise, three.Noise, false);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<Coefficients> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var plan = step.Plan;
        var (m2, m3, stage) = (plan.Level2, plan.Level3, plan.Stage3);
        var d1 = T.Settle(model.Predict(x, in step.From).Denoised);
        if (plan.OneCall)
        {
            var last = plan.State * x + plan.First * d1;
            return plan.Noise1 == 0 ? last : last + plan.Noise1 * noise.Increment(step.Interval, 0);
        }
        var inside2 = plan.Stage2.State * x + plan.Stage2.Denoised * d1;
        if (plan.Stage2.Noise == 0)
        {
            var e2 = T.Settle(model.Predict(T.Settle(inside2), in m2).Denoised);
            var e3 = model.Predict(T.Settle(stage.State * x + stage.First * d1 + stage.Second * e2), in m3).Denoised;
            return plan.State * x + plan.First * d1 + plan.Third * e3;
        }
        var z1 = noise.Increment(new Interval(step.Index, step.From.Time, m2.Time), 0);
        var d2 = T.Settle(model.Predict(T.Settle(inside2 + plan.Stage2.Noise * z1), in m2).Denoised);
        var z2 = noise.Increment(new Interval(step.Index, m2.Time, m3.Time), 1);
        var inside3 = T.Settle(stage.State * x + stage.First * d1 + stage.Second * d2 + stage.Noise1 * z1 + stage.Noise2 * z2);
        var d3 = model.Predict(inside3, in m3).Denoised;
        var z3 = noise.Increment(new Interval(step.Index, m3.Time, step.To.Time), 2);
        return plan.State * x + plan.First * d1 + plan.Third * d3 + plan.Noise1 * z1 + plan.Noise2 * z2 + plan.Noise3 * z3;
    }

    /// <summary>Factors of the state, D_1, D_2 and the noises of the first two parts in the third stage.</summary>
    public readonly record struct Stage(double State, double First, double Second, double Noise1, double Noise2);

    /// <summary>The stages and their levels; factors of the state, D_1, D_3 and the noises of the three parts in the step; whether Δλ is infinite.</summary>
    public readonly record struct Coefficients(
        ExactStep Stage2, Stage Stage3, Level Level2, Level Level3, double State, double First, double Third,
        double Noise1, double Noise2, double Noise3, bool OneCall) : IStepPlan
    {
        /// <inheritdoc/>
        public int Order => OneCall ? 1 : 3;

        /// <inheritdoc/>
        public int Evaluations => OneCall ? 1 : 3;
    }
}
