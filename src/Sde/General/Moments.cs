namespace ScoreSde.Sde.General;

/// <summary>Mean and covariance of a process at one time.</summary>
/// <param name="Mean">Length d.</param>
/// <param name="Covariance">d × d, symmetric.</param>
public sealed record Moments(double[] Mean, double[,] Covariance)
{
    /// <summary>Moments of one coordinate.</summary>
    public static Moments Of(double mean, double variance) => new([mean], new[,] { { variance } });
}
