using ScoreSde.Solvers.Integration;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>What a run of many particles returns.</summary>
/// <param name="Status">Completed, or cancelled.</param>
/// <param name="Samples">[particle, coordinate]; NaN where a cancelled run did not get to.</param>
/// <param name="Dimension">d.</param>
/// <param name="Done">Particles finished.</param>
/// <param name="Evaluations">Score evaluations a particle.</param>
public sealed record ParticleResult(RunStatus Status, float[] Samples, int Dimension, long Done, long Evaluations);
