using ScoreSde.Sde;

namespace ScoreSde.Training;

/// <summary>How much the squared error at each time counts.</summary>
public enum LossWeighting
{
    /// <summary>Weight 1 on the error of what the network returns: ε, x_0, v or score.</summary>
    Output,

    /// <summary>Weight 1 on the error of ε, whatever the network returns: L_simple (Ho et al., 2006.11239, eq. 14).</summary>
    Simple,

    /// <summary>Weight g² on the error of the score, g²/σ² on that of ε: the likelihood weighting (Song et al., 2101.09258, eq. 7 with λ = g²).</summary>
    Likelihood,
}

/// <summary>Targets and weights of denoising score matching.</summary>
public static class Losses
{
    /// <summary>Factors (of x_0, of ε) in what a network of a parametrisation should return at a level.</summary>
    /// <exception cref="ArgumentException">The score at a level without noise.</exception>
    public static (double Data, double Noise) Target(Parametrisation output, in Level level) => output switch
    {
        Parametrisation.Epsilon => (0, 1),
        Parametrisation.Denoised => (1, 0),
        Parametrisation.Velocity => (-level.Sigma, level.Alpha),
        Parametrisation.Score when level.Sigma > 0 => (0, -1 / level.Sigma),
        Parametrisation.Score => throw new ArgumentException($"the score is not defined where there is no noise: {level}"),
        _ => throw new ArgumentOutOfRangeException(nameof(output), output, null),
    };

    /// <summary>Weight of the squared error of a network's output at a level.</summary>
    /// <remarks>
    /// With x fixed, an error e of the output is an error c·e of ε: c = 1 for ε, −α/σ for x_0, α/(α² + σ²) for v, −σ for the score. So the
    /// weights on ε, 1 and g²/σ², are c² and c² g²/σ² on the output.
    /// </remarks>
    public static double Weight(LossWeighting weighting, Parametrisation output, in Level level)
    {
        if (weighting == LossWeighting.Output) return 1;
        var (a, s) = (level.Alpha, level.Sigma);
        var c = output switch
        {
            Parametrisation.Epsilon => 1,
            Parametrisation.Denoised => a / s,
            Parametrisation.Velocity => a / (a * a + s * s),
            Parametrisation.Score => s,
            _ => throw new ArgumentOutOfRangeException(nameof(output), output, null),
        };
        return weighting == LossWeighting.Simple ? c * c : c * c * level.DiffusionSquared / (s * s);
    }
}
