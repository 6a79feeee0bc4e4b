using ScoreSde.Sde;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;

namespace ScoreSde.Solvers.Tests.Integration;

/// <summary>
/// The plainest multistep method there is, to look at what the loop does for such methods: exponential Adams–Bashforth of any order in data prediction,
/// y' = e^{−h} y + h Σ w_j D_j with the weights of <see cref="ExponentialWeights"/>.
/// </summary>
internal readonly record struct AdamsProbe(int Order) : IDiffusionSolver<AdamsProbe, AdamsProbe.Numbers>
{
    public SolverCard Card => new()
    {
        Name = "adams-probe",
        Title = "Exponential Adams-Bashforth",
        Reference = "Hochbruck and Ostermann, Acta Numerica 2010, section 2.5",
        Orders = Orders.OfFlow(new OrderClaim.Measured(Order)),
        HistoryDepth = Order - 1,
        Keeps = Parametrisation.Denoised,
        WhenToUse = "tests",
    };

    public Numbers Plan(in StepWindow window)
    {
        var order = window.Order(Order);
        var weights = default(Coefficients);
        if (window.To.Sigma == 0 || window.From.Alpha == 0)
        {
            // y' = D, or x = α' D + σ' ε where nothing of x_0 is in x.
            weights[0] = window.To.Alpha;
            return new Numbers(window.To.Sigma, weights, 1, window.From.Alpha == 0);
        }
        var h = window.LambdaStep;
        Span<double> nodes = stackalloc double[order], w = stackalloc double[order];
        for (var j = 0; j < order; j++) nodes[j] = (window.Back(j).Lambda - window.From.Lambda) / h;
        ExponentialWeights.Lagrange(h, nodes, w);
        for (var j = 0; j < order; j++) weights[j] = window.To.Alpha * h * w[j];
        return new Numbers(window.To.Sigma / window.From.Sigma, weights, order, false);
    }

    public T Step<T, TModel, TNoise>(in Transition<Numbers> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var plan = step.Plan;
        var p = model.Predict(x, in step.From);
        var denoised = T.Settle(p.Denoised);
        var sum = plan.State * (plan.OfEpsilon ? p.Epsilon : x) + plan.Weights[0] * denoised;
        for (var j = 1; j < plan.Order; j++) sum += plan.Weights[j] * history[j - 1].Output;
        history.Push(new HistoryEntry<T>(step.From, x, denoised));
        return sum;
    }

    public readonly record struct Numbers(double State, Coefficients Weights, int Order, bool OfEpsilon) : IStepPlan;
}
