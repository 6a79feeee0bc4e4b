using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.Integration;

/// <summary>A general solver bound to its walk, SDE and noise; a process with walls is folded back after each move.</summary>
public struct BoundGeneral<T, W, TSolver, TPlan, TSde, TNoise>(TSolver solver, PlannedWalk<TPlan> planned, TSde sde, TNoise noise) : IMethod<T>
    where T : IState<T>
    where W : IState<W>
    where TSolver : struct, IGeneralSolver<TSolver, TPlan>
    where TPlan : struct
    where TSde : struct, IGeneralSde<T, W>
    where TNoise : struct, INoise<W>
{
    private readonly int _depth = solver.Card.HistoryDepth;
    private PlannedWalk<TPlan> _walk = planned;
    private CountedSde<T, W, TSde> _sde = new(sde);
    private TNoise _noise = noise;

    /// <inheritdoc/>
    public readonly int Moves => _walk.Count;

    /// <inheritdoc/>
    public readonly int HistoryDepth => _depth;

    /// <inheritdoc/>
    public readonly long Evaluations => _sde.Count;

    /// <inheritdoc/>
    public readonly Level From(int move) => _walk[move].From;

    /// <inheritdoc/>
    public readonly Level To(int move) => _walk[move].To;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Advance(int move, T x, ref History<T> history) =>
        Confinement.Confine(ref _sde.Process, solver.Step<T, W, CountedSde<T, W, TSde>, TNoise>(_walk[move], x, ref _sde, ref _noise, ref history));

    /// <inheritdoc/>
    public void Restarted(int move) => _walk = _walk.Restarted(move);

    /// <inheritdoc/>
    public string Blame(int move, T x)
    {
        if (T.FirstNonFinite(x) >= 0) return "the state before the step";
        var step = _walk[move];
        return T.FirstNonFinite(T.Settle(_sde.Drift(x, step.From))) >= 0 ? "the drift" : "the diffusion or a later stage";
    }
}

/// <summary>
/// An SDE that counts its drift calls. What more than drift and diffusion the process can say is passed on; whether it can is asked before the
/// first step, by <see cref="Pairing"/>.
/// </summary>
public struct CountedSde<T, W, TSde>(TSde sde) : IMilstein<T, W>, IDiagonalNoise<T, W> where TSde : struct, IGeneralSde<T, W>
{
    /// <summary>The process itself, for what is asked of it besides drift and diffusion (walls).</summary>
    internal TSde Process = sde;

    /// <summary>Drift calls so far.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public readonly Calculus Calculus => Process.Calculus;

    /// <summary>What is known of the noise; asked of the process once.</summary>
    public NoiseStructure Noise { get; } = sde.Noise;

    /// <inheritdoc/>
    public readonly double Start => Process.Start;

    /// <inheritdoc/>
    public readonly double End => Process.End;

    /// <inheritdoc/>
    public readonly Level At(double time) => Process.At(time);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Drift(T x, in Level at)
    {
        Count++;
        return Process.Drift(x, at);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Diffuse(T x, in Level at, W dW) => Process.Diffuse(x, at, dW);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Milstein(T x, in Level at, W dW, double h) => MilsteinTerm.Of(ref Process, x, at, dW, h);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public W Product(W a, W b) => DiagonalNoise.Product<T, W, TSde>(ref Process, a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public W One(W like) => DiagonalNoise.One<T, W, TSde>(ref Process, like);
}
