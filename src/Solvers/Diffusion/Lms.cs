using System.Runtime.CompilerServices;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>Linear multistep (Adams–Bashforth with variable steps) for dy/dσ̂ = ε in σ̂ = σ/α, y = x/α: the polynomial through the last q values of ε, integrated.</summary>
/// <remarks>
/// Hairer, Nørsett and Wanner, Solving ODEs I, section III.5; used for diffusion by k-diffusion and diffusers ("LMS"), and the same as ρ-Adams–Bashforth of DEIS
/// (Zhang and Chen, 2204.13902, section 4). Order 1 is DDIM. Not exponential in λ: weights are those of a polynomial, finite into σ = 0 at every order.
/// One evaluation a step. With the ramp it is of order 2 globally, whatever q.
/// </remarks>
/// <param name="Order">q, 1 to 5.</param>
public readonly record struct Lms(int Order = 4) : IDiffusionSolver<Lms, LinearMultistep>
{
    /// <summary>Order 4, as in the programs that have it.</summary>
    public Lms() : this(4) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "lms",
        Title = "Linear multistep in sigma",
        Reference = "Hairer, Norsett and Wanner, Solving ODEs I, section III.5",
        Orders = Orders.OfFlow(new OrderClaim.Proven(Order, "Hairer, Norsett and Wanner, theorem III.5.5, with exact first outputs")),
        HistoryDepth = Order - 1,
        WhenToUse = "classical multistep on a Karras grid of 20 to 50 steps",
        ConfusedWith = "plms and ipndm, whose weights do not know the steps; deis, which it is with variable=rho",
    };

    /// <inheritdoc/>
    public LinearMultistep Plan(in StepWindow window)
    {
        if (Order is < 1 or > 5) throw new ArgumentException($"order is {Order}; linear multistep has orders 1 to 5");
        return NoisePolynomial.InSigma(window, window.OrderWhereFinite(Order));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<LinearMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        step.Plan.Advance(in step.From, x, T.Settle(model.Predict(x, in step.From).Epsilon), ref history);
}
