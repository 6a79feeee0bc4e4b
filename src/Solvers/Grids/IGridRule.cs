using ScoreSde.Sde;

namespace ScoreSde.Solvers.Grids;

/// <summary>A rule that places the points of a grid between two times of a process. One file each; the catalogue finds them.</summary>
public interface IGridRule
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>What it does, in a line.</summary>
    string Description { get; }

    /// <summary>The <paramref name="steps"/> + 1 times from <paramref name="from"/> to <paramref name="to"/>, strictly monotone, both ends exact.</summary>
    /// <exception cref="ArgumentException">The rule has no meaning for this process or span.</exception>
    double[] Times(ITimeline timeline, int steps, double from, double to);
}
