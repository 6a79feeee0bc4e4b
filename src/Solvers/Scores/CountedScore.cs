using System.Runtime.CompilerServices;
using ScoreSde.Sde;

namespace ScoreSde.Solvers.Scores;

/// <summary>A model that counts its calls.</summary>
public struct CountedScore<T, TModel>(TModel model) : IScore<T> where T : IState<T> where TModel : struct, IScore<T>
{
    private TModel _model = model;

    /// <summary>Calls so far.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public readonly Parametrisation Output => _model.Output;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Evaluate(T x, in Level level)
    {
        Count++;
        return _model.Evaluate(x, level);
    }
}
