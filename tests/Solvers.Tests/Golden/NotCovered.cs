namespace ScoreSde.Solvers.Tests.Golden;

/// <summary>A file asks for something that no run of ours repeats; the message is the reason that is listed.</summary>
internal sealed class NotCovered(string reason) : Exception(reason);
