using ScoreSde.Sde;
using ScoreSde.Sde.General;

namespace ScoreSde.Solvers.Processes;

/// <summary>A process of the catalogue with its numbers filled in, its types not known yet.</summary>
public abstract class GeneralProcess
{
    private protected GeneralProcess() { }

    /// <summary>The process in time: start, end, levels.</summary>
    public abstract ITimeline Timeline { get; }

    /// <summary>d, coordinates of the state.</summary>
    public abstract int Dimension { get; }

    /// <summary>m, coordinates of the noise.</summary>
    public abstract int NoiseDimension { get; }

    /// <summary>Exact mean and covariance at a time, given the start point; null where there is no closed form.</summary>
    public Func<double, Moments>? MomentsAt { get; init; }

    /// <summary>Calls the visitor with the process's own types, so that the loop is compiled for them.</summary>
    public abstract void Accept<TVisitor>(ref TVisitor visitor) where TVisitor : IGeneralProcessVisitor, allows ref struct;
}

/// <summary>Receives a process of the catalogue with its types known.</summary>
public interface IGeneralProcessVisitor
{
    /// <summary>The visit.</summary>
    /// <param name="sde">The process.</param>
    /// <param name="start">Where it starts.</param>
    void Visit<T, W, TSde>(TSde sde, T start)
        where T : struct, IState<T, double> where W : struct, IState<W, double> where TSde : struct, IGeneralSde<T, W>;
}

/// <summary>A process with its numbers and its types.</summary>
/// <param name="sde">The process.</param>
/// <param name="start">Where it starts.</param>
public sealed class GeneralProcess<T, W, TSde>(TSde sde, T start) : GeneralProcess
    where T : struct, IState<T, double> where W : struct, IState<W, double> where TSde : struct, IGeneralSde<T, W>
{
    /// <summary>The process.</summary>
    public TSde Sde => sde;

    /// <summary>Where it starts.</summary>
    public T Start => start;

    /// <inheritdoc/>
    public override ITimeline Timeline => sde;

    /// <inheritdoc/>
    public override int Dimension => T.Dimension(default);

    /// <inheritdoc/>
    public override int NoiseDimension => W.Dimension(default);

    /// <inheritdoc/>
    public override void Accept<TVisitor>(ref TVisitor visitor) => visitor.Visit<T, W, TSde>(sde, start);
}
