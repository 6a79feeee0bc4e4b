using System.Text;
using ScoreSde.Kernels.Cuda;
using ScoreSde.Tests.Support;

namespace ScoreSde.Kernels.Tests.Cuda;

/// <summary>Finding and using NVRTC and the driver: what is asked of them, and what is said where they are missing or refuse.</summary>
public class RuntimeCompilerTests
{
    private static readonly (string, string)[] Headers = [("normals.h", DeviceKernels.Source("normals.h")), ("prelude.h", DeviceKernels.Source("prelude.h"))];

    [Fact]
    public void Compile_ForADevice_TakesItsArchitectureOrTheNearestOlderOne()
    {
        var compiler = RuntimeCompiler.Load([HostDevice.Library]);
        string Image(int capability) => Encoding.UTF8.GetString(compiler.Compile(DeviceKernels.Source("linear_forms.cu"), Headers, capability)).TrimEnd('\0');
        Assert.Equal("image for sm_90", Image(90));
        Assert.Equal("image for compute_80", Image(89));
        Assert.Equal("image for compute_90", Image(120));
        var old = Assert.Throws<DeviceException>(() => Image(52)).Message;
        Assert.Contains("knows compute capabilities 70, 80, 90; the device has 52", old, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_OfAFaultySource_SaysWhatTheCompilerSays()
    {
        var compiler = RuntimeCompiler.Load([HostDevice.Library]);
        var message = Assert.Throws<DeviceException>(() => compiler.Compile("nothing", Headers, 90)).Message;
        Assert.Contains("NVRTC_ERROR_COMPILATION: error: linear_forms_f32 is missing", message, StringComparison.Ordinal);
        Assert.Contains("--fmad=false", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Libraries_ThatAreMissing_AreListed()
    {
        var message = Assert.Throws<DeviceException>(() => RuntimeCompiler.Load(["/nowhere/libnvrtc.so.99", "libnvrtc-of-nobody.so"])).Message;
        Assert.Equal("NVRTC could not be loaded; tried /nowhere/libnvrtc.so.99, libnvrtc-of-nobody.so", message);
        Assert.Contains("tried /nowhere/libcuda.so", Assert.Throws<DeviceException>(() => Driver.Load(["/nowhere/libcuda.so"])).Message, StringComparison.Ordinal);
        Assert.Contains("has no function nvrtcGetErrorString", Assert.Throws<DeviceException>(() => RuntimeCompiler.Load(["libm.so.6"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Driver_ThatRefuses_SaysWhatItWasAsked()
    {
        var driver = Driver.Load([HostDevice.Library]);
        Assert.Contains("cuDeviceGet(3)", Assert.Throws<DeviceException>(() => driver.Describe(3)).Message, StringComparison.Ordinal);
        using var entered = driver.Enter(driver.PrimaryContext(0));
        var module = driver.LoadModule(Encoding.UTF8.GetBytes("image for sm_90\0"));
        var message = Assert.Throws<DeviceException>(() => driver.Function(module, "no_such")).Message;
        Assert.Contains("cuModuleGetFunction(no_such)", message, StringComparison.Ordinal);
        Assert.Contains("named symbol not found (500)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_WhereThereIsNoCuda_AreNoneWithAReason()
    {
        // Nothing in this process loads a libtorch, let alone one with CUDA.
        Assert.Null(DeviceKernels.For(0));
        Assert.Contains("libc10_cuda", DeviceKernels.Missing(0), StringComparison.Ordinal);
    }

    [FactWithNvrtc]
    public void Nvrtc_WhereItIs_CompilesTheKernelsWithoutContractionOrSpilling()
    {
        var compiler = RuntimeCompiler.Load();
        foreach (var capability in compiler.Architectures.Where(a => a >= 70))
        {
            var image = compiler.Compile(DeviceKernels.Source("linear_forms.cu"), Headers, capability);
            Assert.Equal([0x7F, (byte)'E', (byte)'L', (byte)'F'], image[..4]);
        }
        // A device that is newer than the compiler gets text that the driver finishes.
        var text = Encoding.UTF8.GetString(compiler.Compile(DeviceKernels.Source("linear_forms.cu"), Headers, 999));
        foreach (var kernel in new[] { "linear_forms_f32", "linear_forms_f64", "copy_16" }) Assert.Contains($".entry {kernel}(", text, StringComparison.Ordinal);
        Assert.Contains("fma.rn.f32", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".local", text, StringComparison.Ordinal); // the four elements of a thread stay in registers
        foreach (var loose in new[] { ".approx", ".ftz", "mad.f32", "div.rn", "div.full" }) Assert.DoesNotContain(loose, text, StringComparison.Ordinal);
    }
}

/// <summary>A test that needs NVRTC, which comes with PyTorch for CUDA; SCORESDE_NVRTC may name its file. It needs no GPU.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithNvrtcAttribute : FactAttribute
{
    public FactWithNvrtcAttribute()
    {
        try
        {
            RuntimeCompiler.Load();
        }
        catch (DeviceException e)
        {
            Skip = e.Message;
        }
    }
}
