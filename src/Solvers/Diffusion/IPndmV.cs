using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>iPNDM with weights for the steps as they are: Adams–Bashforth in Newton's form in σ/α, so that order does not hang on the grid.</summary>
/// <remarks>
/// Zhang and Chen, 2204.13902, appendix, for fixed steps; variable steps by divided differences (Hairer, Nørsett and Wanner, Solving ODEs I, section III.5,
/// re-derived). Equal to <see cref="Lms"/>, which gets the same weights by quadrature, and to iPNDM where σ/α falls in equal steps. Order 1 is DDIM.
/// One evaluation a step. With the ramp it is of order 2 globally.
/// </remarks>
/// <param name="Order">1 to 5.</param>
public readonly record struct IPndmV(int Order = 4) : IDiffusionSolver<IPndmV, LinearMultistep>
{
    /// <summary>Order 4.</summary>
    public IPndmV() : this(4) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "ipndm-v",
        Title = "iPNDM with variable steps",
        Reference = "Hairer, Norsett and Wanner, Solving ODEs I, section III.5; Zhang and Chen, 2204.13902",
        Orders = Orders.OfFlow(new OrderClaim.Proven(Order, "Hairer, Norsett and Wanner, theorem III.5.5, with exact first outputs")),
        HistoryDepth = Order - 1,
        WhenToUse = "in place of ipndm on a grid that is not smooth",
        ConfusedWith = "ipndm, whose weights are fixed; lms, which it equals",
    };

    /// <inheritdoc/>
    public LinearMultistep Plan(in StepWindow window)
    {
        if (Order is < 1 or > 5) throw new ArgumentException($"order is {Order}; ipndm-v has orders 1 to 5");
        var order = window.OrderWhereFinite(Order);
        var step = ExponentialStep.Between(window.From, window.To, Parametrisation.Epsilon);
        Span<double> nodes = stackalloc double[order];
        var (start, length) = (window.From.NoiseToSignal, window.To.NoiseToSignal - window.From.NoiseToSignal);
        for (var j = 1; j < order; j++) nodes[j] = (window.Back(j).NoiseToSignal - start) / length;
        var weights = default(Coefficients);
        Newton(nodes, weights);
        for (var j = 0; j < order; j++) weights[j] *= step.Total;
        return new LinearMultistep(order, step.State, weights);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<LinearMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        step.Plan.Advance(in step.From, x, T.Settle(model.Predict(x, in step.From).Epsilon), ref history);

    /// <summary>
    /// ∫₀¹ of Newton's polynomial Σ_j f[θ_0…θ_j] Π_{i&lt;j}(θ − θ_i) as weights of the values: f[θ_0…θ_j] = Σ_{k≤j} f_k/Π_{i≤j, i≠k}(θ_k − θ_i).
    /// </summary>
    private static void Newton(ReadOnlySpan<double> nodes, Span<double> weights)
    {
        Span<double> product = stackalloc double[nodes.Length + 1]; // coefficients of Π_{i<j}(θ − θ_i), constant first
        product.Clear();
        product[0] = 1;
        for (var j = 0; j < nodes.Length; j++)
        {
            var integral = 0.0;
            for (var i = 0; i <= j; i++) integral += product[i] / (i + 1);
            for (var k = 0; k <= j; k++)
            {
                var difference = 1.0;
                for (var i = 0; i <= j; i++)
                    if (i != k) difference *= nodes[k] - nodes[i];
                weights[k] += integral / difference;
            }
            for (var i = j + 1; i >= 0; i--) product[i] = (i > 0 ? product[i - 1] : 0) - nodes[j] * (i <= j ? product[i] : 0);
        }
    }
}
