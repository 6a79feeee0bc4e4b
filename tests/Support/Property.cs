using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace ScoreSde.Tests.Support;

/// <summary>Runs a law over random cases with FsCheck, inside an ordinary <c>[Fact]</c>.</summary>
public static class Property
{
    private const int Choices = 64;
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>
    /// Runs a law over cases drawn from a constant seed. It fails, with the replay seed and the shrunk case, where the law throws, and where more
    /// than one case in ten was marked <see cref="Draws.Trivial"/>.
    /// </summary>
    /// <param name="name">What the law says.</param>
    /// <param name="law">Draws its case and throws if it does not hold.</param>
    /// <param name="seed">Constant; the same seed gives the same cases.</param>
    /// <param name="cases">How many.</param>
    /// <exception cref="PropertyException">The law does not hold, or too few cases show anything.</exception>
    public static void Check(string name, Action<Draws> law, ulong seed, int cases = 300)
    {
        var trivial = 0;
        var shrinking = false;
        var property = Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.Choose(0, Draws.Greatest), Choices), Shrink), (int[] choices) =>
        {
            var draws = new Draws(choices);
            try
            {
                law(draws);
            }
            catch
            {
                shrinking = true;
                throw;
            }
            if (draws.IsTrivial && !shrinking) trivial++;
        });
        var runner = new Outcome();
        var replay = new Replay(new Rnd(seed, Gamma), FSharpOption<int>.None);
        property.Check(Config.Quick.WithName(name).WithMaxTest(cases).WithReplay(FSharpOption<Replay>.Some(replay)).WithRunner(runner));
        if (runner.Result is TestResult.Failed failed)
            throw new PropertyException(Describe(name, law, seed, (int[])failed.Item3.Head, failed.Item1));
        if (runner.Result is not TestResult.Passed)
            throw new PropertyException($"'{name}' did not run to its end: {runner.Result}");
        if (10 * trivial > cases)
            throw new PropertyException($"'{name}' shows nothing in {trivial} of {cases} cases (at most one in ten may); seed {seed}");
    }

    private static string Describe(string name, Action<Draws> law, ulong seed, int[] shrunk, TestData data)
    {
        var draws = new Draws(shrunk);
        var reason = "the shrunk case passes when run again: the law depends on something besides its draws";
        try
        {
            law(draws);
        }
        catch (Exception e)
        {
            reason = e.Message;
        }
        return $"'{name}' does not hold. Replay seed {seed}; case {data.NumberOfTests}, after {data.NumberOfShrinks} shrinks:\n{draws.Notes}{reason}";
    }

    /// <summary>Simpler lists: blocks of choices set to 0, then single choices halved (keeping their parity, which is a sign).</summary>
    private static IEnumerable<int[]> Shrink(int[] choices)
    {
        for (var block = choices.Length / 2; block >= 1; block /= 2)
        {
            for (var start = 0; start < choices.Length; start += block)
            {
                if (choices.AsSpan(start, block).IndexOfAnyExcept(0) < 0) continue;
                var simpler = (int[])choices.Clone();
                simpler.AsSpan(start, block).Clear();
                yield return simpler;
            }
        }
        for (var i = 0; i < choices.Length; i++)
        {
            if (choices[i] < 4) continue;
            var simpler = (int[])choices.Clone();
            simpler[i] = choices[i] / 4 * 2 + choices[i] % 2;
            yield return simpler;
        }
    }

    private sealed class Outcome : IRunner
    {
        public TestResult? Result { get; private set; }

        public void OnStartFixture(Type t)
        {
        }

        public void OnArguments(int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
        {
        }

        public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink)
        {
        }

        public void OnFinished(string name, TestResult testResult) => Result = testResult;
    }
}
