using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>
/// Exponential Heun (ETD2RK): exponential Euler to the end of the step, and the denoised state taken for linear in λ between its two values.
/// </summary>
/// <remarks>
/// Cox and Matthews, J. Comput. Phys. 176 (2002), eq. 22; Hochbruck and Ostermann, Acta Numerica 19 (2010), section 2.3, with c_2 = 1. With z = Δλ and y = x/α:
/// ỹ = e^{−z} y + (1 − e^{−z}) D_1, then ỹ + z φ_2(−z)(D_2 − D_1). Order 2, also where the step is not small beside the noise level (stiff). Two
/// evaluations a step, one into σ = 0. It is RES 2S at c2 = 1. Confused with EDM's Heun, straight in σ/α.
/// </remarks>
public readonly record struct ExponentialHeun : IDiffusionSolver<ExponentialHeun, ExponentialHeun.Coefficients>
{
    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "exp-heun",
        Title = "Exponential Heun",
        Reference = "Hochbruck and Ostermann, Acta Numerica 2010, section 2.3",
        Orders = Orders.OfFlow(new OrderClaim.Proven(2, "Hochbruck and Ostermann, SIAM J. Numer. Anal. 43 (2005), theorem 4.7")),
        EvaluationsPerStep = 2,
        WhenToUse = "deterministic samples in few large steps, where heun in sigma/alpha is unstable",
        ConfusedWith = "edm-heun, straight in sigma/alpha",
    };

    /// <inheritdoc/>
    public Coefficients Plan(in StepWindow window)
    {
        var euler = ExactStep.Between(window.From, window.To, 0);
        var z = window.LambdaStep;
        var one = !double.IsFinite(z);
        return new Coefficients(euler.State, euler.Denoised, one ? 0 : window.To.Alpha * z * ExponentialWeights.Moment(z, 1), one);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<Coefficients> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var (a, b, c, one) = step.Plan;
        var d1 = T.Settle(model.Predict(x, in step.From).Denoised);
        var euler = T.Settle(a * x + b * d1);
        if (one) return euler;
        return euler + c * (model.Predict(euler, in step.To).Denoised - d1);
    }

    /// <summary>Factors of the state and D_1 in the Euler step, of D_2 − D_1 in its correction, and whether Δλ is infinite.</summary>
    public readonly record struct Coefficients(double State, double Denoised, double Correction, bool OneCall) : IStepPlan
    {
        /// <inheritdoc/>
        public int Order => OneCall ? 1 : 2;

        /// <inheritdoc/>
        public int Evaluations => OneCall ? 1 : 2;
    }
}
