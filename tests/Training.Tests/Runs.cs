using ScoreSde.Models.Networks;
using TorchSharp;

namespace ScoreSde.Training.Tests;

/// <summary>Comparison of trained networks.</summary>
internal static class Runs
{
    /// <summary>Fails at the first parameter that differs in any bit.</summary>
    public static void AssertSameBits(ScoreNetwork expected, ScoreNetwork actual)
    {
        var others = actual.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        foreach (var (name, parameter) in expected.named_parameters())
            Assert.True(parameter.bytes.SequenceEqual(others[name].bytes), $"{name} differs");
    }
}

/// <summary>Progress that is told at once, on the thread of the run.</summary>
internal sealed class Now(Action<TrainingProgress> act) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => act(value);
}
