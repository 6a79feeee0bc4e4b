using System.Reflection;

namespace ScoreSde.Kernels.Cuda;

/// <summary>
/// The fused kernels of one GPU, compiled at first use from the sources in device/ (embedded) by libtorch's own NVRTC and put on libtorch's current stream.
/// Nothing here waits for the device.
/// </summary>
/// <remarks>
/// The same sources are compiled for the host in the tests, where their bits are compared with the definition of the noise and with the CPU's linear form.
/// </remarks>
public sealed unsafe class DeviceKernels
{
    private const uint Threads = 256;
    private static readonly Lock Gate = new();
    private static readonly Dictionary<int, (DeviceKernels? Kernels, string Reason)> Found = [];
    private static readonly DeviceKernels?[] Ready = new DeviceKernels?[16]; // asked for each term of each step: no lock
    private static long launches;

    private readonly Driver _driver;
    private readonly Func<nint> _stream;
    private readonly nint _context, _singles, _doubles, _copy;
    private readonly uint _mostBlocks;

    /// <summary>Compiles and loads the kernels.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="compiler">The compiler.</param>
    /// <param name="device">The device's number.</param>
    /// <param name="stream">Tells the current stream.</param>
    /// <exception cref="DeviceException">The driver or the compiler refuses.</exception>
    public DeviceKernels(Driver driver, RuntimeCompiler compiler, int device, Func<nint> stream)
    {
        ArgumentNullException.ThrowIfNull(driver);
        ArgumentNullException.ThrowIfNull(compiler);
        (_driver, _stream) = (driver, stream);
        var (capability, multiprocessors) = driver.Describe(device);
        var image = compiler.Compile(Source("linear_forms.cu"), [("normals.h", Source("normals.h")), ("prelude.h", Source("prelude.h"))], capability);
        _context = driver.PrimaryContext(device);
        using var entered = driver.Enter(_context);
        var module = driver.LoadModule(image);
        (_singles, _doubles, _copy) = (driver.Function(module, "linear_forms_f32"), driver.Function(module, "linear_forms_f64"), driver.Function(module, "copy_16"));
        _mostBlocks = (uint)multiprocessors * 32; // several times what is resident; threads go on to further elements
        Description = $"NVRTC {compiler.Version} ({compiler.From}), compute capability {capability / 10}.{capability % 10}, {multiprocessors} multiprocessors";
    }

    /// <summary>What they were made with.</summary>
    public string Description { get; }

    /// <summary>Passes over memory that this process has put on devices: what a test counts.</summary>
    public static long Launches => Interlocked.Read(ref launches);

    /// <summary>The kernels of a device, made at the first call; null where they cannot be made, and <see cref="Missing"/> says why.</summary>
    public static DeviceKernels? For(int device) => (uint)device < (uint)Ready.Length && Volatile.Read(ref Ready[device]) is { } ready ? ready : Find(device).Kernels;

    /// <summary>Why there are none for a device; empty where there are.</summary>
    public static string Missing(int device) => Find(device).Reason;

    /// <summary>The source of a kernel or of what it includes.</summary>
    public static string Source(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("device/" + name)
            ?? throw new DeviceException($"the kernels' source {name} is not in this assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static (DeviceKernels? Kernels, string Reason) Find(int device)
    {
        lock (Gate)
        {
            if (Found.TryGetValue(device, out var known)) return known;
            try
            {
                var stream = TorchStream.Find();
                known = (new DeviceKernels(Driver.Load(), RuntimeCompiler.Load(), device, () => stream.Of(device)), "");
            }
            catch (DeviceException e)
            {
                known = (null, e.Message);
            }
            if ((uint)device < (uint)Ready.Length) Volatile.Write(ref Ready[device], known.Kernels);
            return Found[device] = known;
        }
    }

    /// <summary>
    /// out_j = Σ c_jk x_jk for several forms in one pass: the terms in order, a chain of fused multiply-adds in the arrays' type whose first link is a product,
    /// as <see cref="LinearFormKernel"/> has it. An output's bits are those of its form alone.
    /// </summary>
    /// <param name="floats">Whether outputs and terms of kind <see cref="TermKind.State"/> are float32; else float64.</param>
    /// <param name="outputs">One array a form, none of them among the terms.</param>
    /// <param name="counts">How many terms each form has.</param>
    /// <param name="terms">The terms of the first form, then of the second, ….</param>
    /// <param name="elements">Elements of each array.</param>
    /// <param name="dimension">Coordinates of a sample, by which noise is placed.</param>
    /// <exception cref="ArgumentException">No terms, too many, or counts that differ.</exception>
    /// <exception cref="DeviceException">The driver refuses.</exception>
    public void LinearForms(bool floats, ReadOnlySpan<nint> outputs, ReadOnlySpan<int> counts, ReadOnlySpan<FormTerm> terms, long elements, long dimension)
    {
        Check(outputs, counts, terms, elements, dimension);
        if (elements == 0) return;
        var (first, at, arguments, draws) = (0, 0, new FormsArguments { Elements = elements, Dimension = dimension, Aligned = 1 }, new List<DeviceDraw>());
        var used = 0;
        while (first < outputs.Length)
        {
            var form = terms.Slice(at, counts[first]);
            if (!arguments.Fits(form, used, draws))
            {
                if (arguments.Forms == 0) throw new ArgumentException($"a form draws more than {FormsArguments.MostDraws} different noises");
                Launch(floats, ref arguments);
                (arguments, used) = (new FormsArguments { Elements = elements, Dimension = dimension, Aligned = 1 }, 0);
                draws.Clear();
                continue;
            }
            arguments.Add(outputs[first], form, ref used, draws);
            (first, at) = (first + 1, at + form.Length);
        }
        Launch(floats, ref arguments);
    }

    /// <summary>Copies memory of a device, 16 bytes a thread at a time: what a step's bandwidth is compared with.</summary>
    /// <param name="from">A multiple of 16.</param>
    /// <param name="to">A multiple of 16.</param>
    /// <param name="bytes">A multiple of 16.</param>
    public void Copy(nint from, nint to, long bytes)
    {
        if (from % 16 != 0 || to % 16 != 0 || bytes % 16 != 0 || bytes < 0) throw new ArgumentException("addresses and size of a copy are multiples of 16");
        var count = bytes / 16;
        var arguments = stackalloc void*[] { &from, &to, &count };
        Put(_copy, count, arguments);
    }

    private static void Check(ReadOnlySpan<nint> outputs, ReadOnlySpan<int> counts, ReadOnlySpan<FormTerm> terms, long elements, long dimension)
    {
        if (outputs.Length != counts.Length || outputs.Length == 0) throw new ArgumentException($"{outputs.Length} outputs and {counts.Length} forms; there must be one each");
        var all = 0;
        foreach (var n in counts)
        {
            if (n is < 1 or > LinearFormKernel.MostTerms) throw new ArgumentException($"{n} terms; a form has 1 to {LinearFormKernel.MostTerms}");
            all += n;
        }
        if (all != terms.Length) throw new ArgumentException($"{terms.Length} terms; there must be {all} in all");
        ArgumentOutOfRangeException.ThrowIfNegative(elements);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        if (outputs.Contains(0)) throw new ArgumentException("a null pointer was given to the linear form");
        foreach (var term in terms)
            if (term.Kind != TermKind.Draw && term.Array == 0) throw new ArgumentException("a null pointer was given to the linear form");
    }

    private void Launch(bool floats, ref FormsArguments arguments)
    {
        fixed (FormsArguments* first = &arguments)
        {
            var pointers = stackalloc void*[] { first };
            Put(floats ? _singles : _doubles, (arguments.Elements + 3) / 4, pointers);
        }
    }

    private void Put(nint function, long work, void** arguments)
    {
        if (work == 0) return;
        Interlocked.Increment(ref launches);
        using var entered = _driver.Enter(_context);
        _driver.Launch(function, (uint)Math.Min((work + Threads - 1) / Threads, _mostBlocks), Threads, _stream(), arguments);
    }
}
