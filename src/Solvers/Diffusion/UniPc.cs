using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>UniPC-p: the predictor UniP-p with the corrector UniC-p, which uses the output at the predicted state and so costs no evaluation.</summary>
/// <remarks>
/// Zhao et al., 2302.04867, algorithms 1 and 2. Order p + 1 with exact first outputs; with the ramp the first steps (order 2 after correction) leave a
/// global error of order 3. The stored output stays the one at the predicted state (PEC), and the last step is not corrected. One evaluation a step.
/// </remarks>
/// <param name="Order">p, 1 to 5.</param>
/// <param name="Variant">B(h), or exact weights at every order.</param>
/// <param name="Predict">What is interpolated: x_0 or ε.</param>
/// <param name="Uncorrected">How many of the first steps are left uncorrected: under strong guidance the first corrections can do harm.</param>
public readonly record struct UniPc(
    int Order = 2, UniVariant Variant = UniVariant.Bh2, Parametrisation Predict = Parametrisation.Denoised, int Uncorrected = 0)
    : IDiffusionSolver<UniPc, PredictorCorrector>
{
    /// <summary>Order 2, B(h) = e^h − 1, data prediction, every step corrected.</summary>
    public UniPc() : this(2) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "unipc",
        Title = "UniPC",
        Reference = "Zhao et al., 2302.04867, algorithm 1",
        Orders = Orders.OfFlow(Variant == UniVariant.VaryPublished && Order > 1
                ? new OrderClaim.Measured(1)
                : new OrderClaim.Proven(Order + 1, "2302.04867, theorem 3.1 and corollary, with exact first outputs")),
        HistoryDepth = Order,
        Keeps = Predict,
        WhenToUse = "deterministic samples with 5 to 20 evaluations; order 3, or 2 under strong guidance",
        ConfusedWith = "unip, its predictor alone; UniPC-p is of order p + 1",
    };

    /// <inheritdoc/>
    public PredictorCorrector Plan(in StepWindow window)
    {
        if (Order is < 1 or > 5) throw new ArgumentException($"order is {Order}; UniPC has orders 1 to 5");
        if (Uncorrected < 0) throw new ArgumentException($"uncorrected is {Uncorrected}; it is a number of steps");
        var predictor = UniP.Predictor(window, window.Order(Order), Variant, Predict);
        if (window.Past.Length <= Uncorrected || !Inside(window.Past[^1]) || !Inside(window.From)) return new PredictorCorrector(predictor, 0, 0, 0, 0, default);

        var before = window.Previous;
        var order = before.Order(Order);
        var step = ExponentialStep.Between(before.From, before.To, Predict);
        Span<double> nodes = stackalloc double[order + 1];
        Span<double> factors = stackalloc double[order + 1];
        nodes[0] = 1;
        ExponentialStep.Nodes(before, nodes[1..]);
        UnifiedWeights.Corrector(Variant, step, nodes, factors);
        var old = default(Coefficients);
        factors[1..].CopyTo(old);
        return new PredictorCorrector(predictor, order, 0, step.State, factors[0], old);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<PredictorCorrector> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        step.Plan.Advance(in step.From, x, T.Settle(model.Predict(x, in step.From).In(Predict)), ref history);

    /// <summary>Whether λ is finite, so that a step between two such levels can be corrected.</summary>
    private static bool Inside(in Level level) => level.Alpha > 0 && level.Sigma > 0;
}
