namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>Lists of noise levels as the libraries record them.</summary>
internal static class Sigmas
{
    /// <summary>Each value once where it stands several times in a row.</summary>
    public static double[] Distinct(double[] sigmas) => [.. sigmas.Where((s, i) => i == 0 || s != sigmas[i - 1])];
}
