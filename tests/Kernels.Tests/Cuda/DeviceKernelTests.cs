using System.Runtime.InteropServices;
using ScoreSde.Kernels.Cuda;
using ScoreSde.Solvers.Noise;
using ScoreSde.Tests.Support;

namespace ScoreSde.Kernels.Tests.Cuda;

/// <summary>Forms through the driver's interface: arguments, launches and arithmetic as a device has them, on the host.</summary>
public unsafe class DeviceKernelTests
{
    [Fact]
    public void Forms_OfEveryKindOfTerm_AreTheChainsOfTheReferenceBitForBit()
    {
        Property.Check("several forms of arrays, singles, bfloat16 and noise", draws =>
        {
            var floats = draws.OneOf("floats", true, false);
            var dimension = draws.OneOf("dimension", 1, 2, 3, 4, 7, 8, 12);
            var samples = draws.Whole("samples", 1, 9);
            var elements = samples * dimension;
            using var memory = new Memory(draws.Whole("offset", 0, 1) * (floats ? 4 : 8));
            var first = draws.OneOf("first", 0L, (1L << 32) - 3);
            List<int> counts = [];
            List<FormTerm> terms = [];
            List<double[]> values = [];
            var forms = draws.Whole("forms", 1, 12);
            for (var j = 0; j < forms; j++)
            {
                counts.Add(draws.Whole("terms", 1, 6));
                for (var k = 0; k < counts[j]; k++)
                {
                    var c = draws.Symmetric("c", 2);
                    var (term, x) = Term(draws, memory, floats, c, samples, dimension, first);
                    terms.Add(term);
                    values.Add(x);
                }
            }
            var outputs = counts.Select(_ => memory.Take(elements * (floats ? 4 : 8))).ToArray();
            HostDevice.Kernels.LinearForms(floats, outputs, [.. counts], [.. terms], elements, dimension);
            for (int j = 0, at = 0; j < forms; at += counts[j++])
                for (var i = 0; i < elements; i++)
                {
                    var expected = Chain(floats, terms, values, at, counts[j], i);
                    var found = floats ? ((float*)outputs[j])[i] : ((double*)outputs[j])[i];
                    Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(found));
                }
        }, 903, 400);
    }

    [Fact]
    public void Forms_OverMoreThanTheGrid_AreAllThere()
    {
        // 2 multiprocessors of the stand-in make at most 64 blocks of 256 threads of 4 elements: 65536 in one go.
        const int count = 300_003;
        float[] x = new float[count], y = new float[count], expected = new float[count], found = new float[count];
        for (var i = 0; i < count; i++) (x[i], y[i]) = ((float)Math.Sin(i), (float)Math.Cos(1.1 * i));
        fixed (float* a = x, b = y, e = expected, f = found)
        {
            LinearFormKernel.OfFloats((nint)e, [(nint)a, (nint)b], [0.7, -1.3], count);
            HostDevice.Kernels.LinearForms(true, [(nint)f], [2], [FormTerm.Of(0.7, (nint)a), FormTerm.Of(-1.3, (nint)b)], count, 1);
        }
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Forms_OfOneStep_AreOneLaunchOnTheCurrentStream()
    {
        using var memory = new Memory(0);
        var x = memory.Take(64);
        var outputs = Enumerable.Range(0, 9).Select(_ => memory.Take(64)).ToArray();
        var (before, stand) = (DeviceKernels.Launches, HostDevice.Launches());
        HostDevice.Kernels.LinearForms(true, outputs.AsSpan(0, 8), [2, 1, 1, 1, 1, 1, 1, 1], [.. Enumerable.Repeat(FormTerm.Of(1, x), 9)], 16, 4);
        Assert.Equal(stand + 1, HostDevice.Launches());
        Assert.True(DeviceKernels.Launches >= before + 1);
        Assert.Equal(HostDevice.Stream, HostDevice.LastStream());
        Assert.Equal(0, HostDevice.Current()); // the thread's context is as it was
        HostDevice.Kernels.LinearForms(true, outputs, [.. Enumerable.Repeat(1, 9)], [.. Enumerable.Repeat(FormTerm.Of(1, x), 9)], 16, 4);
        Assert.Equal(stand + 3, HostDevice.Launches()); // nine outputs are more than a launch takes
        HostDevice.Kernels.LinearForms(true, [outputs[0]], [1], [FormTerm.Of(1, x)], 0, 4);
        Assert.Equal(stand + 3, HostDevice.Launches());
    }

    [Fact]
    public void Copy_IsACopy()
    {
        using var memory = new Memory(0);
        var (from, to) = (memory.Take(160), memory.Take(160));
        for (var i = 0; i < 160; i++) ((byte*)from)[i] = (byte)(i * 7);
        HostDevice.Kernels.Copy(from, to, 160);
        Assert.Equal(new Span<byte>((void*)from, 160).ToArray(), new Span<byte>((void*)to, 160).ToArray());
        Assert.Throws<ArgumentException>(() => HostDevice.Kernels.Copy(from + 4, to, 160));
    }

    [Fact]
    public void Arguments_HaveTheKernelsSize()
    {
        Assert.Equal((nuint)sizeof(FormsArguments), HostDevice.ArgumentsSize());
        Assert.True(sizeof(FormsArguments) <= 4096);
    }

    [Fact]
    public void Forms_WithBadArguments_SayWhatIsAllowed()
    {
        var kernels = HostDevice.Kernels;
        Assert.Contains("1 outputs and 2 forms", Assert.Throws<ArgumentException>(() => kernels.LinearForms(true, [1], [1, 1], [], 1, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("1 to 64", Assert.Throws<ArgumentException>(() => kernels.LinearForms(true, [1], [0], [], 1, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("2 in all", Assert.Throws<ArgumentException>(() => kernels.LinearForms(true, [1], [2], [FormTerm.Of(1, 1)], 1, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("null pointer", Assert.Throws<ArgumentException>(() => kernels.LinearForms(true, [1], [1], [FormTerm.Of(1, 0)], 1, 1)).Message, StringComparison.Ordinal);
        FormTerm[] many = [.. Enumerable.Range(0, 9).Select(i => FormTerm.Of(1, new DeviceDraw(1, 1, (uint)i, 0)))];
        Assert.Contains("more than 8 different noises", Assert.Throws<ArgumentException>(() => kernels.LinearForms(true, [1], [9], many, 1, 1)).Message, StringComparison.Ordinal);
    }

    private static (FormTerm, double[]) Term(Draws draws, Memory memory, bool floats, double c, int samples, int dimension, long first)
    {
        var elements = samples * dimension;
        var x = new double[elements];
        var kind = draws.OneOf("kind", TermKind.State, TermKind.Single, TermKind.Brain, TermKind.Draw);
        if (kind == TermKind.Draw)
        {
            var at = new DeviceDraw(77, (uint)NoiseStream.Step, (uint)draws.Whole("draw", 0, 3), first);
            for (var i = 0; i < elements; i++) x[i] = NormalNoise.At(77, NoiseStream.Step, at.Draw, first + i / dimension, i % dimension, dimension);
            return (FormTerm.Of(c, at), x);
        }
        var size = kind == TermKind.Brain ? 2 : kind == TermKind.Single || floats ? 4 : 8;
        var array = memory.Take(elements * size);
        for (var i = 0; i < elements; i++)
        {
            var value = draws.Symmetric("x", 3);
            switch (size)
            {
                case 2:
                    var upper = (ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16);
                    (((ushort*)array)[i], x[i]) = (upper, BitConverter.UInt32BitsToSingle((uint)upper << 16));
                    break;
                case 4: x[i] = ((float*)array)[i] = (float)value; break;
                default: x[i] = ((double*)array)[i] = value; break;
            }
        }
        return (new FormTerm(c, kind, array), x);
    }

    private static double Chain(bool floats, List<FormTerm> terms, List<double[]> values, int at, int count, int i)
    {
        if (floats)
        {
            var s = (float)terms[at].Factor * (float)values[at][i];
            for (var k = 1; k < count; k++) s = MathF.FusedMultiplyAdd((float)terms[at + k].Factor, (float)values[at + k][i], s);
            return s;
        }
        var d = terms[at].Factor * values[at][i];
        for (var k = 1; k < count; k++) d = Math.FusedMultiplyAdd(terms[at + k].Factor, values[at + k][i], d);
        return d;
    }

    /// <summary>Blocks of memory at an offset from multiples of 16 bytes.</summary>
    private sealed class Memory(int offset) : IDisposable
    {
        private readonly List<nint> _all = [];

        public nint Take(int bytes)
        {
            var block = (nint)NativeMemory.AlignedAlloc((nuint)(bytes + offset), 16);
            _all.Add(block);
            return block + offset;
        }

        public void Dispose() => _all.ForEach(b => NativeMemory.AlignedFree((void*)b));
    }
}
