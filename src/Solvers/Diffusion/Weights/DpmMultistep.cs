using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>How the slope of a second-order step is weighed; both are of order 2.</summary>
public enum SecondOrder
{
    /// <summary>As if the slope's middle value held over the step: factor ½(1 − e^(−z)).</summary>
    Midpoint,

    /// <summary>The exact weight of a linear function, 1 − (1 − e^(−z))/z; the authors' "taylor".</summary>
    Heun,
}

/// <summary>A step of DPM-Solver's multistep kind: x' = State x + Newest m_0 + Earlier m_1 + Earliest m_2 + Noise ξ, m_0 the call of this step.</summary>
/// <param name="Order">How many outputs it uses, 1 to 3.</param>
/// <param name="Reads">What m_0 is.</param>
/// <param name="State">Factor of the state.</param>
/// <param name="Newest">Factor of this step's output.</param>
/// <param name="Earlier">Factor of the output before it.</param>
/// <param name="Earliest">Factor of the one before that.</param>
/// <param name="Noise">Deviation of the noise put back.</param>
public readonly record struct DpmMultistep(
    int Order, Parametrisation Reads, double State, double Newest, double Earlier, double Earliest, double Noise) : IStepPlan
{
    /// <summary>Plans a step with as many earlier outputs as the window allows.</summary>
    /// <param name="window">The levels.</param>
    /// <param name="step">The step's exponential form.</param>
    /// <param name="most">The method's order, 1 to 3.</param>
    /// <param name="second">How its second-order steps weigh the slope.</param>
    /// <param name="halved">
    /// Whether the second difference is taken by half, as in the published programs: (D1_0 − D1_1)/(r0 + r1) is h²m''/2, and its weight is that of
    /// h²m''. The method is then of order 2.
    /// </param>
    public static DpmMultistep Of(in StepWindow window, in ExponentialStep step, int most, SecondOrder second, bool halved = false)
    {
        var order = window.Order(most);
        for (var k = 1; k < order; k++)
            if (!double.IsFinite(window.Back(k).Lambda)) order = k;
        var (newest, earlier, earliest) = (step.Total, 0.0, 0.0);
        if (order == 2)
        {
            // m ≈ m_0 + θ (m_0 − m_1)/r_0, θ from 0 to 1 over the step.
            var r0 = (window.From.Lambda - window.Back(1).Lambda) / window.LambdaStep;
            var slope = second == SecondOrder.Midpoint ? 0.5 * step.Total : step.Moment(1);
            earlier = -slope / r0;
            newest -= earlier;
        }
        else if (order == 3)
        {
            // The parabola through three outputs, in Newton's form; docs/derivations/dpm-solver.md.
            var r0 = (window.From.Lambda - window.Back(1).Lambda) / window.LambdaStep;
            var r1 = (window.Back(1).Lambda - window.Back(2).Lambda) / window.LambdaStep;
            var (first, bend) = (step.Moment(1), (halved ? 0.5 : 1) * step.Moment(2));
            var ofNear = (first * (2 * r0 + r1) + bend) / (r0 + r1); // of D1_0 = (m_0 − m_1)/r_0
            var ofFar = -(first * r0 + bend) / (r0 + r1);            // of D1_1 = (m_1 − m_2)/r_1
            newest += ofNear / r0;
            earlier = ofFar / r1 - ofNear / r0;
            earliest = -ofFar / r1;
        }
        return new DpmMultistep(order, step.Reads, step.State, newest, earlier, earliest, step.Noise);
    }

    /// <summary>The step: the model is called once, at the step's start.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Step<T, TModel, TNoise>(in Transition<DpmMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var plan = step.Plan;
        var m = T.Settle(model.Predict(x, in step.From).In(plan.Reads));
        var y = plan.State * x + plan.Newest * m;
        if (plan.Order > 1) y += plan.Earlier * history[0].Output;
        if (plan.Order > 2) y += plan.Earliest * history[1].Output;
        history.Push(new HistoryEntry<T>(step.From, x, m));
        return plan.Noise == 0 ? y : y + plan.Noise * noise.Increment(step.Interval, 0);
    }
}
