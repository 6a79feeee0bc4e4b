using System.Runtime.InteropServices;
using System.Text;

namespace ScoreSde.Kernels.Cuda;

/// <summary>
/// NVRTC, the CUDA compiler as a library. Every PyTorch for CUDA brings it along, so no toolkit has to be installed.
/// </summary>
public sealed unsafe class RuntimeCompiler
{
    private readonly delegate* unmanaged<int, byte*> _errorText;
    private readonly delegate* unmanaged<int*, int*, int> _version;
    private readonly delegate* unmanaged<int*, int> _architectureCount;
    private readonly delegate* unmanaged<int*, int> _architectures;
    private readonly delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int> _create;
    private readonly delegate* unmanaged<nint, int, byte**, int> _compile;
    private readonly delegate* unmanaged<nint*, int> _destroy;
    private readonly delegate* unmanaged<nint, nuint*, int> _logSize, _binarySize, _textSize;
    private readonly delegate* unmanaged<nint, byte*, int> _log, _binary, _text;

    private RuntimeCompiler(nint library, string from)
    {
        From = from;
        nint F(string name) => LoadedLibraries.Function(library, from, name);
        _errorText = (delegate* unmanaged<int, byte*>)F("nvrtcGetErrorString");
        _version = (delegate* unmanaged<int*, int*, int>)F("nvrtcVersion");
        _architectureCount = (delegate* unmanaged<int*, int>)F("nvrtcGetNumSupportedArchs");
        _architectures = (delegate* unmanaged<int*, int>)F("nvrtcGetSupportedArchs");
        _create = (delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int>)F("nvrtcCreateProgram");
        _compile = (delegate* unmanaged<nint, int, byte**, int>)F("nvrtcCompileProgram");
        _destroy = (delegate* unmanaged<nint*, int>)F("nvrtcDestroyProgram");
        _logSize = (delegate* unmanaged<nint, nuint*, int>)F("nvrtcGetProgramLogSize");
        _log = (delegate* unmanaged<nint, byte*, int>)F("nvrtcGetProgramLog");
        _binarySize = (delegate* unmanaged<nint, nuint*, int>)F("nvrtcGetCUBINSize");
        _binary = (delegate* unmanaged<nint, byte*, int>)F("nvrtcGetCUBIN");
        _textSize = (delegate* unmanaged<nint, nuint*, int>)F("nvrtcGetPTXSize");
        _text = (delegate* unmanaged<nint, byte*, int>)F("nvrtcGetPTX");
        int major, minor;
        Check(_version(&major, &minor), "ask for its version");
        Version = new Version(major, minor);
    }

    /// <summary>Its file or name.</summary>
    public string From { get; }

    /// <summary>Its version, that of the CUDA it belongs to.</summary>
    public Version Version { get; }

    /// <summary>Compute capabilities it compiles for, as 10·major + minor, ascending.</summary>
    public IReadOnlyList<int> Architectures
    {
        get
        {
            int count;
            Check(_architectureCount(&count), "count the architectures it knows");
            var all = new int[count];
            fixed (int* first = all) Check(_architectures(first), "list the architectures it knows");
            return all;
        }
    }

    /// <summary>Finds and loads it: the file that SCORESDE_NVRTC names, libtorch's own, or the system's.</summary>
    /// <exception cref="DeviceException">There is none; the message lists where it was looked for.</exception>
    public static RuntimeCompiler Load() => Load(Candidates());

    /// <summary>Loads it from the first of some files or names.</summary>
    /// <exception cref="DeviceException">None of them is NVRTC.</exception>
    public static RuntimeCompiler Load(IEnumerable<string> candidates)
    {
        var (library, from) = LoadedLibraries.LoadFirst("NVRTC", candidates);
        // It opens its library of built-in functions by name alone, which is found where that is loaded already.
        if (Path.GetDirectoryName(from) is { Length: > 0 } folder && Directory.Exists(folder))
            foreach (var builtins in Directory.GetFiles(folder, "libnvrtc-builtins*.so*").Order(StringComparer.Ordinal)) NativeLibrary.TryLoad(builtins, out _);
        return new RuntimeCompiler(library, from);
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("SCORESDE_NVRTC") is { Length: > 0 } named)
        {
            yield return named;
            yield break;
        }
        if (Path.GetDirectoryName(LoadedLibraries.Find("libc10.so")) is { } beside)
        {
            // Wheels: torch/lib holds it under a name of its own, or site-packages/nvidia/*/lib does.
            foreach (var file in In(beside)) yield return file;
            var nvidia = Path.Combine(beside, "..", "..", "nvidia");
            if (Directory.Exists(nvidia))
                foreach (var package in Directory.GetDirectories(nvidia).Order(StringComparer.Ordinal))
                    foreach (var file in In(Path.Combine(package, "lib"))) yield return Path.GetFullPath(file);
        }
        foreach (var home in new[] { Environment.GetEnvironmentVariable("CUDA_HOME"), Environment.GetEnvironmentVariable("CUDA_PATH"), "/usr/local/cuda" })
            if (home is { Length: > 0 })
                foreach (var file in In(Path.Combine(home, "lib64"))) yield return file;
        foreach (var name in new[] { "libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2", "libnvrtc.so" }) yield return name;
    }

    private static IEnumerable<string> In(string folder) => Directory.Exists(folder)
        ? Directory.GetFiles(folder, "libnvrtc*").Where(f => !Path.GetFileName(f).Contains("builtins", StringComparison.Ordinal) && f.Contains(".so", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        : [];

    /// <summary>
    /// Compiles a source for a device: machine code where the compiler knows the device, else PTX for the nearest older one, which the driver finishes.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="headers">What it includes, by name.</param>
    /// <param name="capability">The device's compute capability, 10·major + minor.</param>
    /// <exception cref="DeviceException">It does not compile; the message holds the compiler's.</exception>
    public byte[] Compile(string source, IReadOnlyList<(string Name, string Text)> headers, int capability)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var known = Architectures;
        var exact = known.Contains(capability);
        var nearest = exact ? capability : known.Where(a => a <= capability).DefaultIfEmpty(0).Max();
        if (nearest == 0) throw new DeviceException($"{From} knows compute capabilities {string.Join(", ", known)}; the device has {capability}");
        // Nothing may be contracted: every fused multiply-add is written as one, and bits are compared.
        string[] options = ["--std=c++17", "--fmad=false", $"--gpu-architecture={(exact ? "sm" : "compute")}_{nearest}"];
        using var memory = new Texts();
        nint program;
        Check(_create(&program, memory.Of(source), memory.Of("kernels.cu"), headers.Count, memory.Of(headers.Select(h => h.Text)), memory.Of(headers.Select(h => h.Name))), "make a program");
        try
        {
            var status = _compile(program, options.Length, memory.Of(options));
            if (status != 0) throw new DeviceException($"{From} does not compile the kernels ({string.Join(' ', options)}): {Text(status)}: {Log(program)}");
            var size = exact ? _binarySize : _textSize;
            var take = exact ? _binary : _text;
            nuint bytes;
            Check(size(program, &bytes), "give its result's size");
            var image = new byte[bytes];
            fixed (byte* first = image) Check(take(program, first), "give its result");
            return image;
        }
        finally
        {
            _ = _destroy(&program);
        }
    }

    private string Log(nint program)
    {
        nuint size;
        if (_logSize(program, &size) != 0 || size == 0) return "it left no log";
        var log = new byte[size];
        fixed (byte* first = log)
            if (_log(program, first) != 0) return "its log cannot be read";
        return Encoding.UTF8.GetString(log).TrimEnd('\0', '\n');
    }

    private void Check(int status, string what)
    {
        if (status != 0) throw new DeviceException($"{From} would not {what}: {Text(status)}");
    }

    private string Text(int status) => Marshal.PtrToStringUTF8((nint)_errorText(status)) ?? $"error {status}";

    /// <summary>C strings, freed together.</summary>
    private sealed class Texts : IDisposable
    {
        private readonly List<nint> _all = [];

        public byte* Of(string text)
        {
            var copy = Marshal.StringToCoTaskMemUTF8(text);
            _all.Add(copy);
            return (byte*)copy;
        }

        public byte** Of(IEnumerable<string> texts)
        {
            var each = texts.Select(t => (nint)Of(t)).ToArray();
            var list = Marshal.AllocCoTaskMem(Math.Max(1, each.Length) * sizeof(nint));
            _all.Add(list);
            each.CopyTo(new Span<nint>((void*)list, each.Length));
            return (byte**)list;
        }

        public void Dispose() => _all.ForEach(Marshal.FreeCoTaskMem);
    }
}
