using ScoreSde.Sde.General;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;

namespace ScoreSde.Verification.Tests.Faults;

/// <summary>A diffusion solver with a fault.</summary>
internal readonly record struct FaultyDiffusion<TSolver, TPlan>(TSolver Inner, Fault<TPlan> Fault) : IDiffusionSolver<FaultyDiffusion<TSolver, TPlan>, TPlan>
    where TSolver : struct, IDiffusionSolver<TSolver, TPlan> where TPlan : struct
{
    public SolverCard Card => Fault.Stale ? Stale.Deeper(Inner.Card) : Inner.Card;

    public TPlan Plan(in StepWindow window) => Fault.Make(Inner.Plan, window);

    public T Step<T, TModel, TNoise>(in Transition<TPlan> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var draws = new FaultyNoise<T, TNoise>(noise, Fault.Noise);
        if (!Fault.Stale) return Inner.Step(in step, x, ref model, ref draws, ref history);
        var (stale, count) = (Stale.Of(history), history.Count);
        var y = Inner.Step(in step, x, ref model, ref draws, ref stale);
        Stale.Return(stale, count, ref history);
        return y;
    }
}

/// <summary>A general solver with a fault.</summary>
internal readonly record struct FaultyGeneral<TSolver, TPlan>(TSolver Inner, Fault<TPlan> Fault) : IGeneralSolver<FaultyGeneral<TSolver, TPlan>, TPlan>
    where TSolver : struct, IGeneralSolver<TSolver, TPlan> where TPlan : struct
{
    public SolverCard Card => Fault.Stale ? Stale.Deeper(Inner.Card) : Inner.Card;

    public TPlan Plan(in StepWindow window) => Fault.Make(Inner.Plan, window);

    public T Step<T, W, TSde, TNoise>(in Transition<TPlan> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W>
    {
        var draws = new FaultyNoise<W, TNoise>(noise, Fault.Noise);
        if (!Fault.Stale) return Inner.Step<T, W, TSde, FaultyNoise<W, TNoise>>(in step, x, ref sde, ref draws, ref history);
        var (stale, count) = (Stale.Of(history), history.Count);
        var y = Inner.Step<T, W, TSde, FaultyNoise<W, TNoise>>(in step, x, ref sde, ref draws, ref stale);
        Stale.Return(stale, count, ref history);
        return y;
    }
}

/// <summary>Noise with a fault.</summary>
internal readonly struct FaultyNoise<W, TNoise>(TNoise noise, NoiseFault fault) : INoise<W> where TNoise : struct, INoise<W>
{
    public static bool HasAreas => TNoise.HasAreas;

    public W Increment(in Interval interval, int slot) => noise.Increment(Of(interval), Of(slot));

    public (W W, W H) SpaceTime(in Interval interval, int slot)
    {
        var (w, h) = noise.SpaceTime(Of(interval), Of(slot));
        return fault == NoiseFault.OneSlot ? (w, w) : (w, h);
    }

    private Interval Of(Interval interval) => fault == NoiseFault.OneStep ? interval with { Step = 0 } : interval;

    private int Of(int slot) => fault == NoiseFault.OneSlot ? 0 : slot;
}

/// <summary>A history that lags behind.</summary>
internal static class Stale
{
    /// <summary>The card of a solver that looks back one call further.</summary>
    public static SolverCard Deeper(SolverCard card) => card with { HistoryDepth = card.HistoryDepth + 1 };

    /// <summary>Each entry with the output of the one before it; the oldest keeps its own.</summary>
    public static History<T> Of<T>(in History<T> history)
    {
        var stale = default(History<T>);
        for (var i = history.Count - 1; i >= 0; i--) stale.Push(history[i] with { Output = history[Math.Min(i + 1, history.Count - 1)].Output });
        return stale;
    }

    /// <summary>What the step has pushed goes to the true history.</summary>
    public static void Return<T>(in History<T> stale, int before, ref History<T> history)
    {
        if (stale.Count == 0) return;
        if (stale.Count > before || !stale[0].At.Equals(history[0].At)) history.Push(stale[0]);
    }
}
