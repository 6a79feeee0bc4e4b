using System.Runtime.CompilerServices;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>The variable in which DEIS interpolates ε.</summary>
public enum DeisVariable
{
    /// <summary>log ρ = −λ, the one that diffusers has.</summary>
    LogRho,

    /// <summary>ρ = σ/α ("ρAB"): linear multistep in sigma.</summary>
    Rho,

    /// <summary>t itself ("tAB").</summary>
    Time,
}

/// <summary>DEIS with Adams–Bashforth: x'/α' = x/α + ∫ ε dρ, ρ = σ/α, with the polynomial through the last q values of ε in a chosen variable.</summary>
/// <remarks>
/// Zhang and Chen, 2204.13902, eq. 14–15 (tAB) and section 4 (ρAB). Interpolation in log ρ is exponential Adams–Bashforth in noise prediction, so UniP with
/// exact weights and predict=epsilon; in ρ it is linear multistep. Order 1 is DDIM in every variable. Weights are exact (quadrature of a smooth function to rounding).
/// One evaluation a step. With the ramp it is of order 2 globally, whatever q.
/// </remarks>
/// <param name="Order">q, 1 to 5.</param>
/// <param name="Variable">The variable of the polynomial.</param>
public readonly record struct Deis(int Order = 2, DeisVariable Variable = DeisVariable.LogRho) : IDiffusionSolver<Deis, LinearMultistep>
{
    /// <summary>Order 2 in log ρ.</summary>
    public Deis() : this(2) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "deis",
        Title = "DEIS (Adams-Bashforth)",
        Reference = "Zhang and Chen, 2204.13902, eq. 14-15",
        Orders = Orders.OfFlow(new OrderClaim.Proven(Order, "interpolation of degree order - 1 in a smooth variable, with exact first outputs (Hairer, Norsett and Wanner, theorem III.5.5)")),
        HistoryDepth = Order - 1,
        WhenToUse = "few steps in noise prediction; order 3 in t or log rho",
        ConfusedWith = "dpmpp-2m and unip, which interpolate the denoised sample by default",
    };

    /// <inheritdoc/>
    public LinearMultistep Plan(in StepWindow window)
    {
        if (Order is < 1 or > 5) throw new ArgumentException($"order is {Order}; DEIS has orders 1 to 5");
        return Variable switch
        {
            DeisVariable.Rho => NoisePolynomial.InSigma(window, window.OrderWhereFinite(Order)),
            DeisVariable.Time => NoisePolynomial.InTime(window, window.Order(Order)),
            _ => NoisePolynomial.InLambda(window, window.Order(Order)),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<LinearMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        step.Plan.Advance(in step.From, x, T.Settle(model.Predict(x, in step.From).Epsilon), ref history);
}
