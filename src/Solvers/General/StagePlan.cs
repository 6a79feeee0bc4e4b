using System.Runtime.CompilerServices;
using ScoreSde.Sde;

namespace ScoreSde.Solvers.General;

/// <summary>A step of a method that is nothing but its tableau.</summary>
/// <param name="Step">h, with its sign.</param>
/// <param name="Levels">The levels of the stages after the first: an inline array of <see cref="StageLevels"/>.</param>
public readonly record struct StagePlan<TLevels>(double Step, TLevels Levels) where TLevels : struct;

/// <summary>As many levels as a method has stages after the first.</summary>
public static class StageLevels
{
    /// <summary>One level.</summary>
    [InlineArray(1)]
    public struct One
    {
        private Level _first;
    }

    /// <summary>Two levels.</summary>
    [InlineArray(2)]
    public struct Two
    {
        private Level _first;
    }

    /// <summary>Five levels.</summary>
    [InlineArray(5)]
    public struct Five
    {
        private Level _first;
    }

    /// <summary>Twelve levels.</summary>
    [InlineArray(12)]
    public struct Twelve
    {
        private Level _first;
    }
}
