using ScoreSde.Kernels;
using ScoreSde.Tests.Support;

namespace ScoreSde.Kernels.Tests;

public unsafe class LinearFormKernelTests
{
    [Fact]
    public void Form_OnRandomArrays_IsTheChainOfFusedMultiplyAddsBitForBit()
    {
        Property.Check("each element is c0 x0, then fma with the other terms in order, whatever its position", draws =>
        {
            var (terms, count, offset) = (draws.Whole("terms", 1, 9), draws.Whole("elements", 1, 70), draws.Whole("offset", 0, 3));
            var c = draws.Vector("coefficients", terms, 2);
            var x = Enumerable.Range(0, terms).Select(k => draws.Vector($"x{k}", count + offset, 3)).ToArray();
            var singles = Singles(x, c, offset, count);
            var doubles = Doubles(x, c, offset, count);
            for (var i = 0; i < count; i++)
            {
                var (s, d) = ((float)c[0] * (float)x[0][offset + i], c[0] * x[0][offset + i]);
                for (var k = 1; k < terms; k++)
                {
                    s = MathF.FusedMultiplyAdd((float)c[k], (float)x[k][offset + i], s);
                    d = Math.FusedMultiplyAdd(c[k], x[k][offset + i], d);
                }
                Assert.Equal(s, singles[i]);
                Assert.Equal(d, doubles[i]);
            }
        }, 601, 200);
    }

    [Fact]
    public void Forms_OfAnyCountsInOnePass_AreTheChainsBitForBit() => Deadline.Within(Deadline.Usual, () =>
    {
        Property.Check("forms of up to eight terms, longer than what is kept at hand for the next form", draws =>
        {
            var (forms, count, offset) = (draws.Whole("forms", 1, 4), draws.Whole("elements", 1, draws.Whole("kind of size", 0, 1) == 0 ? 5000 : 80), draws.Whole("offset", 0, 3));
            var counts = Enumerable.Range(0, forms).Select(j => draws.Whole($"terms of {j}", 1, 8)).ToArray();
            var arrays = draws.Whole("arrays", 1, 4);
            var (x, y) = (new float[arrays * (count + offset)], new float[forms * (count + offset)]);
            var random = new Random(draws.Whole("numbers", 0, int.MaxValue - 1));
            for (var i = 0; i < x.Length; i++) x[i] = random.NextSingle() - 0.5f;
            var which = Enumerable.Range(0, counts.Sum()).Select(_ => random.Next(arrays)).ToArray();
            var factors = which.Select(_ => random.NextDouble() - 0.5).ToArray();
            fixed (float* from = x, to = y)
            {
                float* source = from, target = to;
                LinearFormKernel.Of(
                    true, [.. Enumerable.Range(0, forms).Select(j => (nint)(target + j * (count + offset) + offset))], counts,
                    [.. which.Select(k => (nint)(source + k * (count + offset) + offset))], factors, count);
            }
            for (int j = 0, k = 0; j < forms; k += counts[j++])
                for (var i = offset; i < count + offset; i++)
                {
                    var s = (float)factors[k] * x[which[k] * (count + offset) + i];
                    for (var l = 1; l < counts[j]; l++) s = MathF.FusedMultiplyAdd((float)factors[k + l], x[which[k + l] * (count + offset) + i], s);
                    Assert.Equal(s, y[j * (count + offset) + i]);
                }
        }, 603, 200);
    });

    [Fact]
    public void Form_OverManyBlocksAndThreads_HasTheSameBitsAsInParts() => Deadline.Within(Deadline.Usual, () =>
    {
        const int count = 300_001; // past the size from which threads share the work, and no multiple of a block
        var x = new double[3][];
        for (var k = 0; k < 3; k++) x[k] = Enumerable.Range(0, count).Select(i => Math.Sin(1.7 * i + k)).ToArray();
        double[] c = [0.3, -1.9, 2.2];
        var whole = Singles(x, c, 0, count);
        for (var from = 0; from < count; from += 1009)
        {
            var size = Math.Min(1009, count - from);
            Assert.Equal(whole.AsSpan(from, size).ToArray(), Singles(x, c, from, size));
        }
    });

    [Fact]
    public void Forms_InOnePass_HaveTheBitsOfEachAlone() => Deadline.Within(Deadline.Usual, () =>
    {
        const int count = 70_003; // past the size from which threads share the work
        var x = Enumerable.Range(0, 3).Select(k => Enumerable.Range(0, count).Select(i => (float)Math.Sin(1.3 * i + k)).ToArray()).ToArray();
        float[] first = new float[count], second = new float[count], alone = new float[count];
        fixed (float* a = x[0], b = x[1], c = x[2], p = first, q = second, r = alone)
        {
            var before = LinearFormKernel.Launches;
            LinearFormKernel.Of(true, [(nint)p, (nint)q], [2, 3], [(nint)a, (nint)b, (nint)b, (nint)c, (nint)a], [0.3, -1.1, 2.2, 0.7, -0.4], count);
            Assert.Equal(1, LinearFormKernel.Launches - before);
            LinearFormKernel.OfFloats((nint)r, [(nint)a, (nint)b], [0.3, -1.1], count);
            Assert.Equal(alone, first);
            LinearFormKernel.OfFloats((nint)r, [(nint)b, (nint)c, (nint)a], [2.2, 0.7, -0.4], count);
            Assert.Equal(alone, second);
        }
        Assert.Contains("1 outputs and 2 forms", Assert.Throws<ArgumentException>(() => LinearFormKernel.Of(true, [1], [1, 1], [1, 2], [1, 1], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("3 in all", Assert.Throws<ArgumentException>(() => LinearFormKernel.Of(true, [1], [3], [1, 2], [1, 1], 1)).Message, StringComparison.Ordinal);
    });

    [Fact]
    public void Forms_OfAnySizes_TellWhetherAllIsFinite() => Deadline.Within(Deadline.Usual, () =>
    {
        Property.Check("a number that is not finite, anywhere in any form, is told", draws =>
        {
            var (forms, count, floats) = (draws.Whole("forms", 1, 3), draws.Whole("elements", 1, draws.Whole("kind of size", 0, 3) == 0 ? 90_000 : 300), draws.Whole("type", 0, 1) == 0);
            var bad = draws.Whole("bad", 0, 2) == 0 ? -1 : draws.Whole("place", 0, forms * count - 1);
            var value = new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue }[draws.Whole("value", 0, 3)];
            var size = floats ? sizeof(float) : sizeof(double);
            var memory = new byte[2 * forms * count * size];
            fixed (byte* m = memory)
            {
                var (outputs, counts, terms, factors) = (new nint[forms], new int[forms], new List<nint>(), new List<double>());
                for (var i = 0; i < forms * count; i++)
                {
                    var x = i == bad ? value : Math.Sin(i);
                    if (floats) ((float*)m)[i] = (float)x;
                    else ((double*)m)[i] = x;
                }
                for (var j = 0; j < forms; j++)
                {
                    (outputs[j], counts[j]) = ((nint)(m + (forms + j) * count * size), 2);
                    terms.AddRange([(nint)(m + j * count * size), (nint)(m + j * count * size)]);
                    factors.AddRange([1.5, 0.5]);
                }
                var finite = LinearFormKernel.Of(floats, outputs, counts, [.. terms], [.. factors], count);
                Assert.Equal(bad < 0, finite); // twice the largest number is infinite
            }
        }, 602, 300);
    });

    [Fact]
    public void Forms_OfSeveralCallersAtOnce_HaveTheirOwnBits() => Deadline.Within(Deadline.Usual, () =>
    {
        const int count = 150_000; // callers beside the one that has the workers make their passes alone
        var wrong = 0;
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, caller =>
        {
            var (x, y) = (new float[count], new float[count]);
            for (var i = 0; i < count; i++) x[i] = i % 1000 + caller;
            fixed (float* a = x, b = y)
                for (var k = 1; k <= 50; k++)
                {
                    LinearFormKernel.OfFloats((nint)b, [(nint)a, (nint)a], [k, 1.0], count);
                    for (var i = 0; i < count; i++)
                        if (y[i] != (k + 1) * x[i]) Interlocked.Increment(ref wrong);
                }
        });
        Assert.Equal(0, wrong);
    });

    [Fact]
    public void Form_WithBadArguments_SaysWhatIsAllowed()
    {
        Assert.Contains("2 terms and 1 coefficients", Assert.Throws<ArgumentException>(() => LinearFormKernel.OfFloats(0, [1, 2], [1.0], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("1 to 64", Assert.Throws<ArgumentException>(() => LinearFormKernel.OfDoubles(0, [], [], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("null pointer", Assert.Throws<ArgumentException>(() => LinearFormKernel.OfFloats(0, [1], [1.0], 1)).Message, StringComparison.Ordinal);
    }

    private static float[] Singles(double[][] x, double[] c, int offset, int count)
    {
        var result = new float[count];
        var arrays = x.Select(a => Array.ConvertAll(a, v => (float)v)).ToArray();
        var handles = arrays.Select(a => System.Runtime.InteropServices.GCHandle.Alloc(a, System.Runtime.InteropServices.GCHandleType.Pinned)).ToArray();
        fixed (float* r = result)
            LinearFormKernel.OfFloats((nint)r, [.. handles.Select(h => h.AddrOfPinnedObject() + offset * sizeof(float))], c, count);
        foreach (var handle in handles) handle.Free();
        return result;
    }

    private static double[] Doubles(double[][] x, double[] c, int offset, int count)
    {
        var result = new double[count];
        var handles = x.Select(a => System.Runtime.InteropServices.GCHandle.Alloc(a, System.Runtime.InteropServices.GCHandleType.Pinned)).ToArray();
        fixed (double* r = result)
            LinearFormKernel.OfDoubles((nint)r, [.. handles.Select(h => h.AddrOfPinnedObject() + offset * sizeof(double))], c, count);
        foreach (var handle in handles) handle.Free();
        return result;
    }
}
