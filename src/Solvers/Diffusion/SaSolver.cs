using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>SA-Solver: stochastic exponential Adams, a predictor and a corrector that shares its evaluation and its noise, at the noise rate τ².</summary>
/// <remarks>
/// Xue et al., 2309.05019, eq. 14 and 17, algorithm 1, re-derived in docs/derivations/multistep.md: mean (σ'/σ) e^(−τ²h) x + α' z Σ w_j D_j with z = (1 + τ²) h, noise σ' √(1 − e^(−2τ²h)). Their τ is our
/// η. Interpolation of order s gives O(τ h + h^s) for paths, so strong order 1 with noise; the transition law on Gaussian data is measured at order 2
/// from two outputs on. At τ = 0 it is UniPC: predictor p and
/// corrector p + 1 is UniPC-p with B(h) = h. One evaluation a step; the last step is not corrected.
/// </remarks>
/// <param name="Predictor">How many outputs the predictor combines, 1 to 4.</param>
/// <param name="Corrector">How many the corrector combines, the new one among them, 1 to 4; 0 for none. Theirs of s steps has s + 1.</param>
/// <param name="Tau">τ = η of the reverse process: 0 the probability flow, 1 the reverse SDE.</param>
/// <param name="Above">Noise only in steps from σ/α above this.</param>
/// <param name="Below">Noise only in steps from σ/α at most this; 0 for no bound.</param>
/// <param name="Predict">What is interpolated: x_0 or ε.</param>
/// <param name="Exact">
/// Exact weights where two outputs are combined. By default these have the shortcut of the authors' program, h²/2 in the place of a moment, in data prediction.
/// </param>
public readonly record struct SaSolver(
    int Predictor = 2, int Corrector = 2, double Tau = 1, double Above = 0, double Below = 0, Parametrisation Predict = Parametrisation.Denoised, bool Exact = false)
    : IDiffusionSolver<SaSolver, SaSolver.SaPlan>
{
    /// <summary>Predictor and corrector of two outputs, τ = 1 throughout.</summary>
    public SaSolver() : this(2, 2) { }

    private int FlowOrder => Corrector == 0 ? Predictor : Math.Min(Corrector, Predictor + 1);

    private UniVariant Variant => Exact || Predict == Parametrisation.Epsilon ? UniVariant.Vary : UniVariant.Bh1;

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "sa",
        Title = "SA-Solver",
        Reference = "Xue et al., 2309.05019, algorithm 1",
        Orders = Orders.AtRate(Tau, new OrderClaim.Proven(FlowOrder, "2309.05019, theorems 5.1 and 5.2, at tau = 0 with exact first outputs"), new OrderClaim.Measured(Math.Min(2, FlowOrder)), new OrderClaim.Measured(1)),
        OnGaussianData = Tau == 0 ? null : new OrderClaim.Measured(Math.Min(2, Corrector == 0 ? Predictor : Math.Min(Corrector, Predictor + 1))),
        HistoryDepth = Math.Max(Predictor, Corrector - 1),
        Keeps = Predict,
        NoiseSlots = Tau == 0 ? 0 : 1,
        Rate = Tau * Tau,
        WhenToUse = "stochastic samples with 15 to 100 evaluations; predictor 3, corrector 4 (3 and 2 with few)",
        ConfusedWith = "unipc, which it is at tau = 0; sde-dpm-solver++",
    };

    /// <inheritdoc/>
    public SaPlan Plan(in StepWindow window)
    {
        if (Predictor is < 1 or > 4) throw new ArgumentException($"predictor is {Predictor}; SA-Solver combines 1 to 4 outputs");
        if (Corrector is < 0 or > 4) throw new ArgumentException($"corrector is {Corrector}; SA-Solver combines 1 to 4 outputs, 0 is no corrector");
        if (!(Tau >= 0)) throw new ArgumentException(FormattableString.Invariant($"tau is {Tau}; it is at least 0"));
        if (Tau == 0 && (Above != 0 || Below != 0)) throw new ArgumentException("above and below bound the noise; there is none at tau = 0");
        if (Tau > 0 && window.To.Time > window.From.Time) throw new ArgumentException("SA-Solver with tau > 0 samples only (time falls); encoding is deterministic, take tau = 0");
        var rate = Rate(window.From);
        var predictor = PredictorOf(window, rate);
        var method = new PredictorCorrector(predictor, 0, 0, 0, 0, default);
        if (Corrector > 0 && window.Past.Length > 0 && Inside(window.Past[^1]) && Inside(window.From)) method = Corrected(window.Previous, predictor);
        return new SaPlan(method, Noise(window.From, window.To, rate));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<SaPlan> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var c = step.Plan.Noise;
        var y = step.Plan.Method.Advance(in step.From, x, T.Settle(model.Predict(x, in step.From).In(Predict)), ref history);
        return c == 0 ? y : y + c * noise.Increment(step.Interval, 0);
    }

    private double Rate(in Level from) => from.NoiseToSignal >= Above && (Below == 0 || from.NoiseToSignal <= Below) ? Tau * Tau : 0;

    private LinearMultistep PredictorOf(in StepWindow window, double rate)
    {
        var order = window.Order(Predictor);
        var step = ExponentialStep.Between(window.From, window.To, Predict, rate);
        Span<double> nodes = stackalloc double[order];
        ExponentialStep.Nodes(window, nodes);
        var weights = default(Coefficients);
        UnifiedWeights.Predictor(Variant, step, nodes, ((Span<double>)weights)[..order]);
        return new LinearMultistep(order, step.State, weights);
    }

    /// <summary>The correction of a step as a difference to its predictor, so that the noise, which is the same, stays in the state.</summary>
    private PredictorCorrector Corrected(in StepWindow before, LinearMultistep next)
    {
        var rate = Rate(before.From);
        var predictor = PredictorOf(before, rate);
        var count = before.Order(Math.Max(1, Corrector - 1)) + (Corrector > 1 ? 1 : 0);
        var step = ExponentialStep.Between(before.From, before.To, Predict, rate);
        Span<double> nodes = stackalloc double[count];
        Span<double> factors = stackalloc double[count];
        nodes[0] = 1;
        ExponentialStep.Nodes(before, nodes[1..]);
        UnifiedWeights.Corrector(Variant, step, nodes, factors);
        var old = default(Coefficients);
        for (var j = 0; j < predictor.Order; j++) old[j] = -predictor.Weights[j];
        for (var j = 1; j < count; j++) old[j - 1] += factors[j];
        return new PredictorCorrector(next, Math.Max(predictor.Order, count - 1), 1, 0, factors[0], old);
    }

    private double Noise(in Level t, in Level s, double rate)
    {
        if (rate == 0) return 0;
        if (Predict == Parametrisation.Epsilon) return Math.Sqrt(rate) * s.Alpha * Math.Sqrt((t.NoiseToSignal - s.NoiseToSignal) * (t.NoiseToSignal + s.NoiseToSignal));
        return s.Sigma == 0 ? 0 : s.Sigma * Math.Sqrt(-CancellationFree.Expm1(2 * rate * (t.Lambda - s.Lambda)));
    }

    private static bool Inside(in Level level) => level.Alpha > 0 && level.Sigma > 0;

    /// <summary>Predictor and corrector, and the deviation of the step's noise.</summary>
    public readonly record struct SaPlan(PredictorCorrector Method, double Noise) : IStepPlan
    {
        /// <summary>Outputs the predictor combines.</summary>
        public int Order => Method.Order;
    }
}
