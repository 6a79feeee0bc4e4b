using System.Runtime.CompilerServices;

namespace ScoreSde.Solvers.Integration;

/// <summary>The one loop. It owns history, hooks, saved states, detection of non-finite values, counting, progress, cancellation and lifetimes.</summary>
public static class Integrator
{
    /// <summary>Walks a bound method from a start, with everything a run may ask for.</summary>
    /// <exception cref="NumericalFailureException">A state became non-finite and <see cref="RunOptions{T}.Throw"/> is on.</exception>
    public static RunResult<T> Run<T, TMethod>(ref TMethod method, T start, RunOptions<T> options)
        where T : IState<T> where TMethod : struct, IMethod<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        var history = default(History<T>);
        var saved = new List<SavedState<T>>();
        var x = start;
        var (status, message) = (RunStatus.Completed, "");
        NumericalFailure? failure = null;
        var done = 0;
        var before = 0L;
        var hooks = options.Hooks as IHook<T>[] ?? [.. options.Hooks];
        foreach (var hook in hooks) before += hook.Evaluations;
        var look = options.CheckFiniteEvery ?? T.MovesBetweenLooks(start);
        using var scope = T.OpenRun();
        for (; done < method.Moves && status == RunStatus.Completed; done++)
        {
            if (options.Cancellation.IsCancellationRequested)
            {
                (status, message) = (RunStatus.Cancelled, $"cancelled after {done} of {method.Moves} moves");
                break;
            }
            if (hooks.Length > 0)
            {
                (x, status, message) = Visit(ref method, x, ref history, hooks, done, before, ahead: true);
                if (status != RunStatus.Completed) break;
                if (done % look == 0 && T.FirstNonFinite(x) is >= 0 and var first)
                {
                    failure = new NumericalFailure(done, method.From(done).Time, method.To(done).Time, first, "the state after the hooks before the move");
                    if (options.Throw) throw new NumericalFailureException(failure);
                    (status, message) = (RunStatus.NonFinite, failure.ToString());
                    break;
                }
            }
            var next = T.Settle(method.Advance(done, x, ref history));
            if ((done + 1) % look == 0 || done + 1 == method.Moves)
            {
                var sample = T.FirstNonFinite(next);
                if (sample >= 0)
                {
                    failure = new NumericalFailure(done, method.From(done).Time, method.To(done).Time, sample, method.Blame(done, x));
                    if (options.Throw) throw new NumericalFailureException(failure);
                    (status, message) = (RunStatus.NonFinite, failure.ToString());
                    break; // x is kept, the last finite state where every move is looked at
                }
            }
            x = next;
            if (hooks.Length > 0) (x, status, message) = Visit(ref method, x, ref history, hooks, done, before, ahead: false);
            if (options.Saves(done + 1, method.Moves))
            {
                saved.Add(new SavedState<T>(method.To(done), x));
                scope?.Release(x);
            }
            history.Trim(method.HistoryDepth);
            EndStep(scope, x, history);
            options.Progress?.Report(new RunProgress(done + 1, method.Moves, Evaluations(ref method, hooks, before)));
        }
        scope?.Release(x);
        return new RunResult<T>(status, x, Evaluations(ref method, hooks, before), done, 0, saved, message) { Failure = failure };
    }

    /// <summary>The same walk with nothing to observe: for blocks of particles, where a call of this is a few microseconds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.AggressiveInlining)]
    public static T RunBare<T, TMethod>(ref TMethod method, T start) where T : IState<T> where TMethod : struct, IMethod<T>
    {
        var history = default(History<T>);
        var x = start;
        for (var i = 0; i < method.Moves; i++) x = T.Settle(method.Advance(i, x, ref history));
        return x;
    }

    /// <summary>The hooks before or after a move: what they make of the state, and whether the run goes on.</summary>
    private static (T State, RunStatus Status, string Message) Visit<T, TMethod>(
        ref TMethod method, T x, ref History<T> history, IHook<T>[] hooks, int move, long before, bool ahead)
        where T : IState<T> where TMethod : struct, IMethod<T>
    {
        var (status, message) = (RunStatus.Completed, "");
        var done = ahead ? move : move + 1;
        foreach (var hook in hooks)
        {
            var report = new StepReport<T>(move, method.Moves, method.From(move), method.To(move), x, Evaluations(ref method, hooks, before));
            var answer = ahead ? hook.BeforeStep(report) : hook.AfterStep(report);
            x = T.Settle(answer.State);
            if (answer.History == HistoryAction.Restart && history.Count > 0)
            {
                history.Restart();
                method.Restarted(done);
            }
            if (answer.Move == RunAction.Stop) (status, message) = (RunStatus.Stopped, $"a hook stopped the run after {done} of {method.Moves} moves");
        }
        return (x, status, message);
    }

    private static long Evaluations<T, TMethod>(ref TMethod method, IHook<T>[] hooks, long before) where TMethod : struct, IMethod<T>
    {
        var sum = method.Evaluations - before;
        foreach (var hook in hooks) sum += hook.Evaluations;
        return sum;
    }

    private static void EndStep<T>(IRunScope<T>? scope, T x, in History<T> history)
    {
        if (scope is null) return;
        var survivors = default(Survivors<T>);
        survivors[0] = x;
        for (var i = 0; i < history.Count; i++) (survivors[1 + 2 * i], survivors[2 + 2 * i]) = (history[i].Base, history[i].Output);
        scope.EndStep(((ReadOnlySpan<T>)survivors)[..(1 + 2 * history.Count)]);
    }

    [InlineArray(1 + 2 * History<int>.Capacity)]
    private struct Survivors<T>
    {
        private T _first;
    }
}
