using ScoreSde.Sde;

namespace ScoreSde.Solvers.Grids;

/// <summary>
/// The order in which a run goes through levels. Straight along the grid is the plain sampler; walks that go back up are RePaint
/// (2201.09865), Restart (2306.14878) and SDEdit (2108.01073), with any solver on the way down.
/// </summary>
public sealed class Walk
{
    private readonly Level[] _from, _to;
    private readonly int _offset; // of the first move's end
    private readonly MoveKind[] _kinds;

    private Walk(TimeGrid grid, Level[] from, Level[] to, int offset, MoveKind[] kinds)
    {
        Grid = grid;
        (_from, _to, _offset, _kinds) = (from, to, offset, kinds);
    }

    private Walk(TimeGrid grid, ReadOnlySpan<Move> moves) : this(grid, new Level[moves.Length], new Level[moves.Length], 0, new MoveKind[moves.Length])
    {
        for (var i = 0; i < moves.Length; i++) (_from[i], _to[i], _kinds[i]) = moves[i];
    }

    private Walk(Walk other) : this(other.Grid, other._from, other._to, other._offset, other._kinds) => (Orders, Terminal) = (other.Orders, other.Terminal);

    /// <summary>How a multistep method begins and ends.</summary>
    public OrderPolicy Orders { get; private init; } = OrderPolicy.Plain;

    /// <summary>What is done at the end of the grid.</summary>
    public Terminal Terminal { get; private init; } = Terminal.SigmaMin;

    /// <summary>The grid whose levels are walked.</summary>
    public TimeGrid Grid { get; }

    /// <summary>The moves in order.</summary>
    public Moves Moves => new(_from.AsSpan(0, _to.Length - _offset), _to.AsSpan(_offset), _kinds);

    /// <summary>What somebody worked out for this walk and will want again; anybody may put something else in its place, at any time.</summary>
    internal object? Remembered { get; set; }

    /// <summary>Level before a move.</summary>
    internal ref readonly Level From(int move) => ref _from[move];

    /// <summary>Level after it.</summary>
    internal ref readonly Level To(int move) => ref _to[_offset + move];

    /// <summary>From the first level to the last, every move a step of the solver.</summary>
    public static Walk Straight(TimeGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return new Walk(grid, grid.Array, grid.Array, 1, []);
    }

    /// <summary>Through the grid's levels in the given order of indices; moves against the grid's direction renoise.</summary>
    /// <exception cref="ArgumentException">An index outside the grid, a repeated one, or a grid whose time rises.</exception>
    public static Walk Through(TimeGrid grid, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(grid);
        if (indices.Length < 2) throw new ArgumentException($"a walk has at least 2 levels; {indices.Length} given");
        if (!grid.Falls) throw new ArgumentException("only a grid whose time falls can be walked back up with the forward kernel");
        var moves = new Move[indices.Length - 1];
        for (var i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] > (uint)grid.Steps) throw new ArgumentException($"entry {i} of the walk is {indices[i]}; the grid has levels 0 to {grid.Steps}");
            if (i == 0) continue;
            if (indices[i] == indices[i - 1]) throw new ArgumentException($"entries {i - 1} and {i} of the walk are both {indices[i]}");
            var kind = indices[i] > indices[i - 1] ? MoveKind.Solve : MoveKind.Renoise;
            moves[i - 1] = new Move(grid.Levels[indices[i - 1]], grid.Levels[indices[i]], kind);
        }
        return new Walk(grid, moves);
    }

    /// <summary>
    /// Restart: down to a low noise level, then a number of times back up to a high one with the forward kernel and down again in steps of its own; then
    /// on to the grid's end. Any solver walks it; no times is the straight walk.
    /// </summary>
    /// <remarks>Xu et al., 2306.14878, algorithm 1. The low level is the grid's nearest in λ, as there; the way down is Karras's with ρ = 7.</remarks>
    /// <exception cref="ArgumentException">The grid does not sample from a forward SDE, or the levels are not in it or in order.</exception>
    public static Walk Restarting(TimeGrid grid, Restart restart)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(restart);
        if (restart.Times == 0) return Straight(grid);
        if (grid.Timeline is not ForwardSde sde || !grid.Falls) throw new ArgumentException("a restart is for sampling from a forward SDE: the grid's time falls");
        var low = Nearest(grid, -Math.Log(restart.Low));
        var (bottom, top) = (grid.Levels[low], sde.AtLambda(-Math.Log(restart.High)));
        if (!(top.Time > bottom.Time)) throw new ArgumentException(FormattableString.Invariant(
            $"the restart goes up from σ/α = {bottom.NoiseToSignal:g6}, the level of the grid nearest to {restart.Low}, to {restart.High}; high is above low"));
        var down = TimeGrid.Create(sde, new Karras(), restart.Steps, top.Time, bottom.Time);
        var moves = new List<Move>(Straight(grid).Moves[..low].ToArray());
        for (var k = 0; k < restart.Times; k++)
        {
            moves.Add(new Move(bottom, top, MoveKind.Renoise));
            moves.AddRange(Straight(down).Moves.ToArray());
        }
        moves.AddRange(Straight(grid).Moves[low..].ToArray());
        return new Walk(grid, moves.ToArray());
    }

    private static int Nearest(TimeGrid grid, double lambda)
    {
        var best = 1;
        for (var i = 2; i <= grid.Steps; i++)
            if (Math.Abs(grid.Levels[i].Lambda - lambda) < Math.Abs(grid.Levels[best].Lambda - lambda)) best = i;
        return best;
    }

    /// <summary>The same walk with another beginning and end of multistep methods.</summary>
    public Walk With(OrderPolicy orders) => new(this) { Orders = orders };

    /// <summary>The same walk with something done at its end, which costs one model call (<see cref="Terminal.SigmaMin"/> none).</summary>
    /// <exception cref="ArgumentException">The walk ends at σ = 0 already, or does not sample.</exception>
    public Walk Ending(Terminal terminal)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        if (terminal == Terminal.SigmaMin) return new(this) { Terminal = terminal };
        var last = Moves[^1].To;
        if (Grid.Timeline is not ForwardSde sde || !Grid.Falls) throw new ArgumentException($"the end {terminal.Name} is for sampling from a forward SDE; this walk is over {Grid.Timeline.GetType().Name}, time {(Grid.Falls ? "falls" : "rises")}");
        if (last.Sigma == 0) throw new ArgumentException($"the walk ends at σ = 0; there is nothing left for the end {terminal.Name} to do");
        return terminal == Terminal.EulerToZero
            ? new(Grid, [.. Moves.ToArray(), new Move(last, Terminal.Clean(sde, last), MoveKind.Solve)]) { Orders = Orders }
            : new(this) { Terminal = terminal };
    }

    /// <summary>
    /// Moves as given, which need not join: for repeating libraries whose step and grid disagree (score_sde steps by 1/N on a grid of another
    /// spacing), never for anything that is to converge.
    /// </summary>
    public static Walk Disjointed(TimeGrid grid, ReadOnlySpan<Move> moves) => new(grid, moves);
}
