using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Random numbers, threads, default type, devices, optimizers.</summary>
internal static partial class Native
{
    [LibraryImport(Library)] internal static partial int sst_get_num_threads();

    [LibraryImport(Library)] internal static partial int sst_get_num_interop_threads();

    [LibraryImport(Library)] internal static partial int sst_set_num_threads(int count);

    [LibraryImport(Library)] internal static partial int sst_set_num_interop_threads(int count);

    [LibraryImport(Library)] internal static partial int sst_get_default_dtype();

    [LibraryImport(Library)] internal static partial int sst_set_default_dtype(int dtype);

    [LibraryImport(Library)] internal static partial nint sst_generator(ulong seed, int device, int index);

    [LibraryImport(Library)] internal static partial nint sst_default_generator();

    [LibraryImport(Library)] internal static partial void sst_free_generator(nint generator);

    [LibraryImport(Library)] internal static partial int sst_generator_seed_with(nint generator, ulong seed);

    [LibraryImport(Library)] internal static partial int sst_generator_reseed(nint generator, out ulong seed);

    [LibraryImport(Library)] internal static partial int sst_generator_initial_seed(nint generator, out ulong seed);

    [LibraryImport(Library)] internal static partial Tensor sst_generator_state(nint generator);

    [LibraryImport(Library)] internal static partial int sst_set_generator_state(nint generator, Tensor state);

    [LibraryImport(Library)] internal static partial int sst_manual_seed(ulong seed);

    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool sst_cuda_is_available();

    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool sst_cudnn_is_available();

    [LibraryImport(Library)] internal static partial int sst_cuda_device_count();

    [LibraryImport(Library)] internal static partial int sst_cuda_manual_seed(int index, ulong seed);

    [LibraryImport(Library)] internal static partial int sst_cuda_synchronize(int index);

    [LibraryImport(Library)]
    internal static unsafe partial int sst_adam_step(OptimizerLists* lists, double lr, double beta1, double beta2, double eps, double weight_decay,
        [MarshalAs(UnmanagedType.U1)] bool amsgrad, [MarshalAs(UnmanagedType.U1)] bool maximize, [MarshalAs(UnmanagedType.U1)] bool decoupled);

    [LibraryImport(Library)]
    internal static unsafe partial int sst_sgd_step(OptimizerLists* lists, double lr, double momentum, double dampening, double weight_decay,
        [MarshalAs(UnmanagedType.U1)] bool nesterov, [MarshalAs(UnmanagedType.U1)] bool maximize);

    /// <summary>The parameters of one group with their state, as native/optimizers.cpp reads them.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct OptimizerLists
    {
        public nint* Parameters;
        public nint* First;
        public nint* Second;
        public nint* Largest;
        public long* Steps;
        public int Count;
    }
}
