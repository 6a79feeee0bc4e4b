using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static string __version__ => Marshal.PtrToStringUTF8(Native.sst_version())!;

    public static int get_num_threads() => Native.sst_get_num_threads();

    public static void set_num_threads(int num) => Native.Check(Native.sst_set_num_threads(num));

    public static int get_num_interop_threads() => Native.sst_get_num_interop_threads();

    public static void set_num_interop_threads(int num) => Native.Check(Native.sst_set_num_interop_threads(num));

    public static bool is_grad_enabled() => Native.sst_grad_mode();

    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_inference_mode_enabled() => Native.sst_inference_mode();

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>Sets the mode of this thread; disposal, on the same thread, sets back what was before.</summary>
    private sealed class GradMode : IDisposable
    {
        private readonly bool before = Native.sst_grad_mode();

        public GradMode(bool enabled) => Native.sst_set_grad_mode(enabled);

        public void Dispose() => Native.sst_set_grad_mode(before);
    }

    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private nint mode = Native.sst_enter_inference_mode(enabled);

        public void Dispose()
        {
            if (mode != 0) Native.sst_leave_inference_mode(mode);
            mode = 0;
        }
    }

    public static class cuda
    {
        public static bool is_available() => Native.sst_cuda_is_available();

        public static bool is_cudnn_available() => Native.sst_cudnn_is_available();

        public static int device_count() => Native.sst_cuda_device_count();

        public static void manual_seed(long seed) => Native.Check(Native.sst_cuda_manual_seed(-1, unchecked((ulong)seed)));

        public static void manual_seed_all(long seed)
        {
            for (int index = 0; index < device_count(); index++) Native.Check(Native.sst_cuda_manual_seed(index, unchecked((ulong)seed)));
        }

        public static void synchronize(Device? device = null) => Native.Check(Native.sst_cuda_synchronize(device?.index ?? -1));
    }
}
