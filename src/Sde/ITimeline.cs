namespace ScoreSde.Sde;

/// <summary>A process in time that can say what a solver needs to know about one moment of it.</summary>
public interface ITimeline
{
    /// <summary>Where the process begins (data, for a diffusion: 0).</summary>
    double Start { get; }

    /// <summary>Where it ends (noise, for a diffusion: 1).</summary>
    double End { get; }

    /// <summary>The level at a time of [<see cref="Start"/>, <see cref="End"/>].</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is outside the span or not a number.</exception>
    Level At(double time);
}
