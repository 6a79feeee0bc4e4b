namespace ScoreSde.Sde;

/// <summary>All of x_0 at one point: the law for which DDPM's steps are exact and the bound of <see cref="PriorLaw.DivergenceBound"/> is reached.</summary>
/// <param name="point">The point, d numbers.</param>
public sealed class Delta(ReadOnlySpan<double> point) : Gaussian(point, 0);
