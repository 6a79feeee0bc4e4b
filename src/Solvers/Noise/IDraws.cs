namespace ScoreSde.Solvers.Noise;

/// <summary>
/// Numbered draws of standard normals for one state: draw n is a pure function of seed, stream, sample and n. All a new kind of state has to
/// give to have independent noise and Brownian paths.
/// </summary>
/// <typeparam name="W">State of the noise.</typeparam>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IDraws<W, TSelf> where TSelf : struct, IDraws<W, TSelf>
{
    /// <summary>The standard normals of one draw, one a coordinate. May keep what a later draw can use; the numbers do not depend on it.</summary>
    W Normal(uint draw);

    /// <summary>The same samples in another stream.</summary>
    TSelf On(NoiseStream stream);
}
