using System.Runtime.CompilerServices;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>Heun's method for the probability flow in σ/α: with y = x/α and ŝ = σ/α the flow is dy/dŝ = ε, second order; a step into σ = 0 is Euler's.</summary>
/// <remarks>
/// Karras et al., 2206.00364, algorithm 1 with σ(t) = t, s(t) = 1, here for any process by the change of variables y = x/α (their eq. 4).
/// Two evaluations a step, one into σ = 0. Without churn (their algorithm 2 is another method). Confused with Heun in time.
/// </remarks>
public readonly record struct EdmHeun : IDiffusionSolver<EdmHeun, EdmHeun.Coefficients>
{
    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "edm-heun",
        Title = "EDM Heun",
        Reference = "Karras et al., 2206.00364, algorithm 1",
        Orders = Orders.OfFlow(new OrderClaim.Proven(2, "Heun's method in sigma/alpha (2206.00364, appendix D.2)")),
        EvaluationsPerStep = 2,
        WhenToUse = "deterministic samples of good accuracy with 18 to 50 steps, on a Karras grid",
        ConfusedWith = "heun in time",
    };

    /// <inheritdoc/>
    public Coefficients Plan(in StepWindow window)
    {
        var (t, s) = (window.From, window.To);
        if (t.Alpha == 0) throw new ArgumentException($"edm-heun steps in σ/α, which is infinite at {t}: begin where α > 0");
        return new Coefficients(Math.Exp(s.LogAlpha - t.LogAlpha), s.Alpha * (s.NoiseToSignal - t.NoiseToSignal), s.Sigma == 0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<Coefficients> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var (scale, h, last) = step.Plan;
        var d1 = T.Settle(model.Predict(x, in step.From).Epsilon);
        var euler = T.Settle(scale * x + h * d1);
        if (last) return euler;
        var d2 = model.Predict(euler, in step.To).Epsilon;
        return scale * x + 0.5 * h * (d1 + d2);
    }

    /// <summary>α_s/α_t, α_s(ŝ_s − ŝ_t), and whether the step ends at σ = 0.</summary>
    public readonly record struct Coefficients(double Scale, double Step, bool IntoZero) : IStepPlan
    {
        /// <inheritdoc/>
        public int Order => IntoZero ? 1 : 2;

        /// <inheritdoc/>
        public int Evaluations => IntoZero ? 1 : 2;
    }
}
