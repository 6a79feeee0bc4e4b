using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Integration;

/// <summary>Coefficients of the last move to σ = 0 (<see cref="Terminal"/>): factors of the state, of the denoised state and of a standard normal.</summary>
public readonly record struct FinishPlan(double State, double Denoised, double Noise) : IStepPlan
{
    /// <inheritdoc/>
    public int Order => 1;
}

/// <summary>A method with one more move behind its own: from σ_min to σ = 0 by one evaluation of the model there.</summary>
public struct Finished<T, TMethod, TModel, TNoise> : IMethod<T>
    where T : IState<T> where TMethod : struct, IMethod<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
{
    private readonly Level _last;
    private readonly Level _clean;
    private readonly FinishPlan _plan;
    private TMethod _method;
    private CountedScore<T, TModel> _model;
    private TNoise _noise;

    internal Finished(TMethod method, Walk walk, Terminal.Blend end, TModel model, TNoise noise)
    {
        (_method, _model, _noise) = (method, new CountedScore<T, TModel>(model), noise);
        _last = walk.Moves[^1].To;
        _clean = Terminal.Clean(Sampler.Diffusion(walk), _last);
        _plan = end.Plan(_last);
    }

    /// <inheritdoc/>
    public readonly int Moves => _method.Moves + 1;

    /// <inheritdoc/>
    public readonly int HistoryDepth => _method.HistoryDepth;

    /// <inheritdoc/>
    public readonly long Evaluations => _method.Evaluations + _model.Count;

    /// <inheritdoc/>
    public readonly Level From(int move) => move == _method.Moves ? _last : _method.From(move);

    /// <inheritdoc/>
    public readonly Level To(int move) => move == _method.Moves ? _clean : _method.To(move);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Advance(int move, T x, ref History<T> history)
    {
        if (move < _method.Moves) return _method.Advance(move, x, ref history);
        var y = _plan.State * x + _plan.Denoised * _model.Predict(x, in _last).Denoised;
        return _plan.Noise == 0 ? y : y + _plan.Noise * _noise.Increment(new Interval(move, _last.Time, _clean.Time), 0);
    }

    /// <inheritdoc/>
    public void Restarted(int move) => _method.Restarted(move);

    /// <inheritdoc/>
    public string Blame(int move, T x) => move < _method.Moves ? _method.Blame(move, x) : "the model's output at the last level";
}
