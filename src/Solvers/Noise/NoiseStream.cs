namespace ScoreSde.Solvers.Noise;

/// <summary>What a random number is for. Each use has its own stream of the generator, so that no two share a number.</summary>
#pragma warning disable CA1711 // a stream of random numbers, the usual word
public enum NoiseStream
#pragma warning restore CA1711
{
    /// <summary>The start of a sampling run.</summary>
    Prior = 0,

    /// <summary>The steps of a stochastic solver.</summary>
    Step = 1,

    /// <summary>Brownian bridges: paths, and the space-time areas of a step.</summary>
    Bridge = 2,

    /// <summary>Langevin correction between steps.</summary>
    Corrector = 3,

    /// <summary>Moves back up a walk.</summary>
    Renoise = 4,

    /// <summary>Probe vectors of trace estimators.</summary>
    Probe = 5,

    /// <summary>Noise of training pairs.</summary>
    TrainNoise = 6,

    /// <summary>Times of training pairs.</summary>
    TrainTime = 7,

    /// <summary>Dropout masks.</summary>
    Dropout = 8,

    /// <summary>Order of the training data.</summary>
    Shuffle = 9,
}
