using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Integration;

/// <summary>A diffusion solver bound to its walk, model and noise.</summary>
public struct BoundDiffusion<T, TSolver, TPlan, TModel, TNoise>(TSolver solver, PlannedWalk<TPlan> planned, TModel model, TNoise noise) : IMethod<T>
    where T : IState<T>
    where TSolver : struct, IDiffusionSolver<TSolver, TPlan>
    where TPlan : struct
    where TModel : struct, IScore<T>
    where TNoise : struct, INoise<T>
{
    private readonly SolverCard _card = solver.Card;
    private PlannedWalk<TPlan> _walk = planned;
    private CountedScore<T, TModel> _model = new(model);
    private TNoise _noise = noise;

    /// <inheritdoc/>
    public readonly int Moves => _walk.Count;

    /// <inheritdoc/>
    public readonly int HistoryDepth => _card.HistoryDepth;

    /// <inheritdoc/>
    public readonly long Evaluations => _model.Count;

    /// <inheritdoc/>
    public readonly Level From(int move) => _walk[move].From;

    /// <inheritdoc/>
    public readonly Level To(int move) => _walk[move].To;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Advance(int move, T x, ref History<T> history)
    {
        var step = _walk[move];
        return _walk.IsPlain ? solver.Step(in step, x, ref _model, ref _noise, ref history) : Other(move, x, ref history);
    }

    /// <inheritdoc/>
    public void Restarted(int move) => _walk = _walk.Restarted(move);

    /// <inheritdoc/>
    public string Blame(int move, T x)
    {
        if (T.FirstNonFinite(x) >= 0) return "the state before the step";
        var step = _walk[move];
        if (_walk.Kind(move) == MoveKind.Renoise) return "the forward kernel's noise";
        return T.FirstNonFinite(T.Settle(_model.Evaluate(x, step.From))) >= 0 ? "the model's output" : $"the combination with the coefficients {step.Plan}";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T Other(int move, T x, ref History<T> history)
    {
        var step = _walk[move];
        switch (_walk.Kind(move))
        {
            case MoveKind.Renoise:
                return Renoising.Apply(step.From, step.To, step.Interval, x, ref _noise, ref history);
            case MoveKind.Start:
                var p = _model.Predict(x, in step.From);
                var epsilon = T.Settle(p.Epsilon);
                history.Push(new HistoryEntry<T>(step.From, x, T.Settle(p.In(_card.Keeps))));
                return _walk.Start(move).Step(x, epsilon, ref _model);
            default:
                return solver.Step(in step, x, ref _model, ref _noise, ref history);
        }
    }
}
