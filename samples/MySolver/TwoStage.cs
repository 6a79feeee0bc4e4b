using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;

namespace MySolver;

/// <summary>
/// A solver of one's own: two stages for dy/dn = ε in y = x/α and n = σ/α, with its inner stage a part of the way in λ.
/// Deterministic, order 2, two evaluations a step.
/// </summary>
/// <remarks>
/// With y' = ε and a stage at n + c·Δn, y + Δn·(1 − 1/(2c))·ε₀ + Δn/(2c)·ε₁ is of order 2 for every c in (0, 1]. A stage placed by its share of
/// λ, not of n, has c of its own in every step; the weights below follow it.
/// </remarks>
/// <param name="Part">Where the stage is, as a part of Δλ, 0 &lt; part ≤ 1.</param>
public readonly record struct TwoStage(double Part = 2.0 / 3) : IDiffusionSolver<TwoStage, TwoStage.Coefficients>
{
    /// <summary>The stage two thirds of the way in λ. A struct's <c>new()</c> is all zeros where this is missing.</summary>
    public TwoStage() : this(2.0 / 3) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "my-solver",
        Title = "Two stages in sigma/alpha with the second placed in lambda",
        Reference = "samples/MySolver/README.md",
        Orders = Orders.OfFlow(new OrderClaim.Measured(2)),
        EvaluationsPerStep = 2,
        WhenToUse = "to learn how a solver is written",
    };

    /// <inheritdoc/>
    public Coefficients Plan(in StepWindow window)
    {
        if (!(Part is > 0 and <= 1)) throw new ArgumentException(FormattableString.Invariant($"part is {Part}; the stage is inside the step, 0 < part ≤ 1"));
        var (t, s) = (window.From, window.To);
        if (s.Sigma == 0) throw new ArgumentException($"my-solver places its stage in λ, which is infinite at {s}: end above σ = 0");
        var stage = Part == 1 ? s : window.AtLambda(t.Lambda + Part * (s.Lambda - t.Lambda));
        var (n, n1, n2) = (t.NoiseToSignal, stage.NoiseToSignal, s.NoiseToSignal);
        var weight = 0.5 * (n2 - n) / (n1 - n); // 1/(2c)
        return new Coefficients(
            stage, stage.Alpha / t.Alpha, stage.Alpha * (n1 - n),
            s.Alpha / t.Alpha, s.Alpha * (n2 - n) * (1 - weight), s.Alpha * (n2 - n) * weight);
    }

    /// <inheritdoc/>
    public T Step<T, TModel, TNoise>(in Transition<Coefficients> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var c = step.Plan;
        var stage = c.Stage;
        var e0 = T.Settle(model.Predict(x, in step.From).Epsilon);
        var inside = T.Settle(c.StageState * x + c.StageFirst * e0);
        return c.State * x + c.First * e0 + c.Second * model.Predict(inside, in stage).Epsilon;
    }

    /// <summary>The stage's level; factors of the state and ε₀ in the stage; of the state, ε₀ and ε₁ in the step.</summary>
    public readonly record struct Coefficients(Level Stage, double StageState, double StageFirst, double State, double First, double Second);
}
