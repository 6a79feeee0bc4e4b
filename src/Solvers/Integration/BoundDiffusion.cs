using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Integration;

/// <summary>A diffusion solver bound to its walk, model and noise.</summary>
public struct BoundDiffusion<T, TSolver, TPlan, TModel, TNoise>(TSolver solver, PlannedWalk<TPlan> walk, TModel model, TNoise noise) : IMethod<T>
    where T : IState<T>
    where TSolver : struct, IDiffusionSolver<TSolver, TPlan>
    where TPlan : struct
    where TModel : struct, IScore<T>
    where TNoise : struct, INoise<T>
{
    private CountedScore<T, TModel> _model = new(model);
    private TNoise _noise = noise;

    /// <inheritdoc/>
    public readonly int Moves => walk.Count;

    /// <inheritdoc/>
    public readonly long Evaluations => _model.Count;

    /// <inheritdoc/>
    public readonly Level From(int move) => walk[move].From;

    /// <inheritdoc/>
    public readonly Level To(int move) => walk[move].To;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Advance(int move, T x, ref History<T> history)
    {
        ref readonly var step = ref walk[move];
        return walk.HasRenoise && walk.Kind(move) == MoveKind.Renoise
            ? Renoising.Apply(step.From, step.To, step.Interval, x, ref _noise, ref history)
            : solver.Step(in step, x, ref _model, ref _noise, ref history);
    }

    /// <inheritdoc/>
    public string Blame(int move, T x)
    {
        if (T.FirstNonFinite(x) >= 0) return "the state before the step";
        ref readonly var step = ref walk[move];
        if (walk.Kind(move) == MoveKind.Renoise) return "the forward kernel's noise";
        return T.FirstNonFinite(T.Settle(_model.Evaluate(x, step.From))) >= 0 ? "the model's output" : $"the combination with the coefficients {step.Plan}";
    }
}
