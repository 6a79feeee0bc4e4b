using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;

namespace ScoreSde.Solvers.General;

/// <summary>The step of any tableau on a fixed grid: for methods of many stages, whose arithmetic written out would be their tableau once more.</summary>
internal static class RungeKutta
{
    /// <summary>Plans a step: the levels of the stages after the first; those with cᵢ = 1 are the step's end itself.</summary>
    /// <exception cref="ArgumentException">The tableau has another number of stages than there are levels.</exception>
    public static StagePlan<TLevels> Plan<TLevels>(ButcherTableau tableau, in StepWindow window) where TLevels : struct
    {
        var levels = default(TLevels);
        var span = MemoryMarshal.CreateSpan(ref Unsafe.As<TLevels, Level>(ref levels), Unsafe.SizeOf<TLevels>() / Unsafe.SizeOf<Level>());
        if (span.Length != tableau.StagesOfSolution - 1)
            throw new ArgumentException($"{tableau.Name} has {tableau.StagesOfSolution} stages; its plan holds {span.Length} levels beside the first");
        for (var i = 1; i < tableau.StagesOfSolution; i++)
            span[i - 1] = tableau.Nodes[i] == 1 ? window.To : window.At(window.From.Time + tableau.Nodes[i] * window.TimeStep);
        return new StagePlan<TLevels>(window.TimeStep, levels);
    }

    /// <summary>x + h Σ bᵢkᵢ.</summary>
    /// <param name="tableau">The method.</param>
    /// <param name="step">The step.</param>
    /// <param name="x">The state.</param>
    /// <param name="sde">Its drift.</param>
    public static T Step<T, W, TSde, TLevels>(ButcherTableau tableau, in Transition<StagePlan<TLevels>> step, T x, ref TSde sde)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TLevels : struct
    {
        var plan = step.Plan;
        var (h, stages) = (plan.Step, plan.Levels);
        ReadOnlySpan<Level> levels = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TLevels, Level>(ref stages), Unsafe.SizeOf<TLevels>() / Unsafe.SizeOf<Level>());
        var k = default(Derivatives<T>);
        k[0] = T.Settle(sde.Drift(x, step.From));
        for (var i = 1; i < tableau.StagesOfSolution; i++)
        {
            var sum = tableau[i, 0] * k[0];
            for (var j = 1; j < i; j++)
                if (tableau[i, j] is not 0 and var a) sum += a * k[j];
            k[i] = T.Settle(sde.Drift(T.Settle(x + h * sum), levels[i - 1]));
        }
        var slope = tableau.Weights[0] * k[0];
        for (var i = 1; i < tableau.StagesOfSolution; i++)
            if (tableau.Weights[i] is not 0 and var b) slope += b * k[i];
        return x + h * slope;
    }

    /// <summary>As many stages as any method here has.</summary>
    [InlineArray(13)]
    private struct Derivatives<T>
    {
        private T _first;
    }
}
