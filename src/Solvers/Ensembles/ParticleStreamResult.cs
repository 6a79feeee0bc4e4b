using ScoreSde.Solvers.Integration;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>Takes a piece of a stream of particles.</summary>
/// <param name="first">Index of the piece's first particle.</param>
/// <param name="samples">[particle, coordinate]; good until the call returns.</param>
public delegate void ParticleConsumer(long first, ReadOnlySpan<float> samples);

/// <summary>How a stream of particles ended.</summary>
/// <param name="Status">Completed, or cancelled.</param>
/// <param name="Dimension">d.</param>
/// <param name="Done">Particles handed on.</param>
/// <param name="Evaluations">Score evaluations a particle.</param>
public sealed record ParticleStreamResult(RunStatus Status, int Dimension, long Done, long Evaluations);
