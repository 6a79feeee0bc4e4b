namespace ScoreSde.Solvers.Tests;

/// <summary>Tests that count bytes: one after the other, when no other test runs, for what the collector does for others is found in their counts too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Alone
{
    public const string Name = "alone";
}
