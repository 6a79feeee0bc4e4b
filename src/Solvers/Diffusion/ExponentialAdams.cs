using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>
/// Exponential Adams–Bashforth with an Adams–Moulton corrector that shares its evaluation: the prediction is replaced by the polynomial through its last
/// values, and the rest of the flow solved exactly. In x_0 and ε the polynomial is in λ; in v it is in the angle atan(σ/α).
/// </summary>
/// <remarks>
/// Hochbruck and Ostermann, Acta Numerica 19 (2010), section 2.6, for the family. In v there is no exponential left: with n² = α² + σ², x/n turns on the circle and
/// d(x/n)/dφ = v/n for v = α ε − σ x_0 over n, so it is Adams' method in φ (docs/derivations/multistep.md; for a variance-preserving process dx/dφ = v, Salimans and Ho, 2202.00512, appendix D). φ is
/// finite at both ends, so steps out of α = 0 and into σ = 0 keep their order there. In x_0 the predictor is UniP, and the whole UniPC, with exact weights.
/// One evaluation a step; the last step is not corrected.
/// </remarks>
/// <param name="Order">p, outputs the predictor combines, 1 to 5.</param>
/// <param name="Predict">What is interpolated: x_0, ε or v.</param>
/// <param name="Corrector">Whether steps are corrected, which gives order p + 1.</param>
public readonly record struct ExponentialAdams(int Order = 2, Parametrisation Predict = Parametrisation.Denoised, bool Corrector = true)
    : IDiffusionSolver<ExponentialAdams, PredictorCorrector>
{
    /// <summary>Order 2, data prediction, corrected.</summary>
    public ExponentialAdams() : this(2) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "exponential-adams",
        Title = "Exponential Adams",
        Reference = "Hochbruck and Ostermann, Acta Numerica 19 (2010), section 2.6",
        Orders = Orders.OfFlow(new OrderClaim.Proven(Order + (Corrector ? 1 : 0), "interpolation of degree p - 1, corrected p, with exact first outputs (Hochbruck and Ostermann, theorem 2.12)")),
        HistoryDepth = Corrector ? Order : Order - 1,
        Keeps = Predict,
        WhenToUse = "high order at one evaluation a step; predict=velocity where the walk begins at α = 0 or ends at σ = 0",
        ConfusedWith = "unipc, which has a shortcut at low order",
    };

    /// <inheritdoc/>
    public PredictorCorrector Plan(in StepWindow window)
    {
        if (Order is < 1 or > 5) throw new ArgumentException($"order is {Order}; exponential Adams has orders 1 to 5");
        var predictor = Bashforth(window);
        if (!Corrector || window.Past.Length == 0) return new PredictorCorrector(predictor, 0, 0, 0, 0, default);
        var before = window.Previous;
        if (Predict != Parametrisation.Velocity && !(Inside(before.From) && Inside(before.To))) return new PredictorCorrector(predictor, 0, 0, 0, 0, default);

        var order = OrderOf(before);
        Span<double> nodes = stackalloc double[order + 1];
        Span<double> factors = stackalloc double[order + 1];
        nodes[0] = 1;
        var state = Factors(before, nodes, factors, 1);
        var old = default(Coefficients);
        factors[1..].CopyTo(old);
        return new PredictorCorrector(predictor, order, 0, state, factors[0], old);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<PredictorCorrector> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        step.Plan.Advance(in step.From, x, T.Settle(model.Predict(x, in step.From).In(Predict)), ref history);

    private int OrderOf(in StepWindow window) => Predict == Parametrisation.Velocity ? window.OrderWhereFinite(Order, atPureNoise: true) : window.Order(Order);

    private LinearMultistep Bashforth(in StepWindow window)
    {
        var order = OrderOf(window);
        Span<double> nodes = stackalloc double[order];
        var weights = default(Coefficients);
        var state = Factors(window, nodes, ((Span<double>)weights)[..order], 0);
        return new LinearMultistep(order, state, weights);
    }

    /// <summary>The factors at the nodes, of which the first few are given, and the state's.</summary>
    private double Factors(in StepWindow window, Span<double> nodes, Span<double> factors, int given)
    {
        if (Predict != Parametrisation.Velocity)
        {
            ExponentialStep.Nodes(window, nodes[given..]);
            var step = ExponentialStep.Between(window.From, window.To, Predict);
            step.Interpolate(nodes, factors);
            return step.State;
        }
        var (start, end) = (window.From, window.To);
        var turn = Angle(end) - Angle(start);
        for (var j = given; j < nodes.Length; j++) nodes[j] = (Angle(window.Back(j - given)) - Angle(start)) / turn;
        ExponentialWeights.Lagrange(0, nodes, factors);
        for (var j = 0; j < nodes.Length; j++) factors[j] *= turn * Radius(end) / Radius(j < given ? end : window.Back(j - given));
        return Radius(end) / Radius(start);
    }

    private static double Angle(in Level level) => Math.Atan2(level.Sigma, level.Alpha);

    private static double Radius(in Level level) => Math.Sqrt(level.Alpha * level.Alpha + level.Sigma * level.Sigma);

    private static bool Inside(in Level level) => level.Alpha > 0 && level.Sigma > 0;
}
