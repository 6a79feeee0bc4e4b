using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Tensors from nothing and from memory.</summary>
internal static partial class Native
{
    [LibraryImport(Library)] internal static partial Tensor sst_zeros(ReadOnlySpan<long> size, int size_count, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_ones(ReadOnlySpan<long> size, int size_count, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_empty(ReadOnlySpan<long> size, int size_count, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_full(ReadOnlySpan<long> size, int size_count, Scalar value, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_rand(ReadOnlySpan<long> size, int size_count, Generator? generator, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_randn(ReadOnlySpan<long> size, int size_count, Generator? generator, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_randint(long low, long high, ReadOnlySpan<long> size, int size_count,
        Generator? generator, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_randperm(long n, Generator? generator, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_zeros_like(Tensor x, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_ones_like(Tensor x, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_empty_like(Tensor x, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_full_like(Tensor x, Scalar value, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_rand_like(Tensor x, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_randn_like(Tensor x, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_randint_like(Tensor x, long low, long high, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_arange(Scalar start, Scalar stop, Scalar step, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_linspace(double start, double end, long steps, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_logspace(double start, double end, long steps, double @base, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_eye(long rows, long columns, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_scalar_tensor(Scalar value, Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_from_memory(nint data, ReadOnlySpan<long> size, int size_count, int source,
        Options options);

    [LibraryImport(Library)] internal static partial Tensor sst_borrow_memory(nint data, ReadOnlySpan<long> size, int size_count, int dtype,
        nint release, nint owner);

    [LibraryImport(Library)] internal static partial Tensor sst_normal(Tensor mean, Tensor std, Generator? generator);

    [LibraryImport(Library)] internal static partial Tensor sst_multinomial(Tensor x, long samples, [MarshalAs(UnmanagedType.U1)] bool replacement,
        Generator? generator);

    [LibraryImport(Library)] internal static partial Tensor sst_bernoulli(Tensor x, Generator? generator);

    [LibraryImport(Library)] internal static partial int sst_normal_(Tensor x, double mean, double std, Generator? generator);

    [LibraryImport(Library)] internal static partial int sst_uniform_(Tensor x, double from, double to, Generator? generator);

    [LibraryImport(Library)] internal static partial int sst_bernoulli_(Tensor x, double p, Generator? generator);

    [LibraryImport(Library)] internal static partial int sst_exponential_(Tensor x, double lambda, Generator? generator);

    [LibraryImport(Library)] internal static partial int sst_random_(Tensor x, long from, long to, Generator? generator);
}
