using System.Runtime.InteropServices;

namespace ScoreSde.Kernels.Cuda;

/// <summary>The part of the CUDA driver's interface that launching a kernel takes (libcuda.so.1, which the driver of every machine with a GPU brings).</summary>
public sealed unsafe class Driver
{
    private const int MultiprocessorCount = 16, CapabilityMajor = 75, CapabilityMinor = 76;

    private readonly delegate* unmanaged<int, byte**, int> _errorText;
    private readonly delegate* unmanaged<int*, int, int> _device;
    private readonly delegate* unmanaged<int*, int, int, int> _attribute;
    private readonly delegate* unmanaged<nint*, int, int> _retainPrimary;
    private readonly delegate* unmanaged<nint*, int> _current;
    private readonly delegate* unmanaged<nint, int> _setCurrent;
    private readonly delegate* unmanaged<nint*, byte*, int> _loadModule;
    private readonly delegate* unmanaged<nint*, nint, byte*, int> _function;
    private readonly delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int> _launch;

    private Driver(nint library, string from)
    {
        From = from;
        nint F(string name) => LoadedLibraries.Function(library, from, name);
        _errorText = (delegate* unmanaged<int, byte**, int>)F("cuGetErrorString");
        _device = (delegate* unmanaged<int*, int, int>)F("cuDeviceGet");
        _attribute = (delegate* unmanaged<int*, int, int, int>)F("cuDeviceGetAttribute");
        _retainPrimary = (delegate* unmanaged<nint*, int, int>)F("cuDevicePrimaryCtxRetain");
        _current = (delegate* unmanaged<nint*, int>)F("cuCtxGetCurrent");
        _setCurrent = (delegate* unmanaged<nint, int>)F("cuCtxSetCurrent");
        _loadModule = (delegate* unmanaged<nint*, byte*, int>)F("cuModuleLoadData");
        _function = (delegate* unmanaged<nint*, nint, byte*, int>)F("cuModuleGetFunction");
        _launch = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)F("cuLaunchKernel");
        Check(((delegate* unmanaged<uint, int>)F("cuInit"))(0), "cuInit");
    }

    /// <summary>Its file or name.</summary>
    public string From { get; }

    /// <summary>Loads the driver of this machine.</summary>
    /// <exception cref="DeviceException">There is none, or it does not start.</exception>
    public static Driver Load() => Load(["libcuda.so.1", "libcuda.so"]);

    /// <summary>Loads it from the first of some files or names.</summary>
    /// <exception cref="DeviceException">None of them is a driver, or it does not start.</exception>
    public static Driver Load(IEnumerable<string> candidates)
    {
        var (library, from) = LoadedLibraries.LoadFirst("the CUDA driver", candidates);
        return new Driver(library, from);
    }

    /// <summary>Compute capability, 10·major + minor, and how many multiprocessors there are.</summary>
    public (int Capability, int Multiprocessors) Describe(int device)
    {
        int handle, major, minor, count;
        Check(_device(&handle, device), $"cuDeviceGet({device})");
        Check(_attribute(&major, CapabilityMajor, handle), "cuDeviceGetAttribute");
        Check(_attribute(&minor, CapabilityMinor, handle), "cuDeviceGetAttribute");
        Check(_attribute(&count, MultiprocessorCount, handle), "cuDeviceGetAttribute");
        return (10 * major + minor, count);
    }

    /// <summary>The context of a device that libtorch works in, kept for the life of the process.</summary>
    public nint PrimaryContext(int device)
    {
        int handle;
        nint context;
        Check(_device(&handle, device), $"cuDeviceGet({device})");
        Check(_retainPrimary(&context, handle), "cuDevicePrimaryCtxRetain");
        return context;
    }

    /// <summary>Makes a context the calling thread's for as long as something is done in it.</summary>
    public Entered Enter(nint context)
    {
        nint before;
        Check(_current(&before), "cuCtxGetCurrent");
        if (before != context) Check(_setCurrent(context), "cuCtxSetCurrent");
        return new Entered(this, before, before != context);
    }

    /// <summary>Loads machine code or PTX into the current context.</summary>
    public nint LoadModule(byte[] image)
    {
        ArgumentNullException.ThrowIfNull(image);
        nint module;
        // PTX is text and has to end with a zero; machine code knows its length.
        fixed (byte* first = image) Check(_loadModule(&module, first), "cuModuleLoadData");
        return module;
    }

    /// <summary>A kernel of a module.</summary>
    public nint Function(nint module, string name)
    {
        var text = Marshal.StringToCoTaskMemUTF8(name);
        try
        {
            nint function;
            Check(_function(&function, module, (byte*)text), $"cuModuleGetFunction({name})");
            return function;
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }

    /// <summary>Puts a kernel on a stream; does not wait for it.</summary>
    /// <param name="function">The kernel.</param>
    /// <param name="blocks">Blocks of the grid.</param>
    /// <param name="threads">Threads of a block.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="arguments">Address of each argument; they are copied.</param>
    public void Launch(nint function, uint blocks, uint threads, nint stream, void** arguments) =>
        Check(_launch(function, blocks, 1, 1, threads, 1, 1, 0, stream, arguments, null), "cuLaunchKernel");

    private void Check(int status, string what)
    {
        if (status == 0) return;
        byte* text = null;
        var known = _errorText(status, &text) == 0 && text != null;
        throw new DeviceException($"{what} of {From} failed: {(known ? Marshal.PtrToStringUTF8((nint)text) : "an error it has no text for")} ({status})");
    }

    /// <summary>Puts the thread's context back.</summary>
    public readonly ref struct Entered(Driver driver, nint before, bool changed)
    {
        /// <summary>Ends it.</summary>
        public void Dispose()
        {
            if (changed) driver.Check(driver._setCurrent(before), "cuCtxSetCurrent");
        }
    }
}
