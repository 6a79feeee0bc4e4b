using System.Runtime.InteropServices;

namespace ScoreSde.Kernels;

/// <summary>
/// A convolutional network on images over raw pointers, in float32 with parameters of float32 or bfloat16: weights packed once, memory of its own, one call for the whole network and one for
/// a whole step of training.
/// </summary>
/// <remarks>
/// Each image is computed by one thread by itself: its bits depend neither on the batch nor on the number of threads (gradients are sums over
/// images, and their last bits depend on the threads). Which instructions are used is chosen by the processor. Calls on one network take turns.
/// </remarks>
public sealed unsafe partial class ImageNetwork : IDisposable
{
    private readonly int _parameters;
    private readonly bool _brain;
    private nint _handle;

    /// <summary>Makes a network of a description.</summary>
    /// <param name="builder">The description.</param>
    /// <param name="kernels">Which kernels: <c>plain</c>, <c>avx2</c>, <c>avx512</c>; null for the widest that the processor has.</param>
    /// <param name="group">Images whose tensors a thread keeps.</param>
    /// <param name="brain">Parameters are bfloat16; everything else stays float32.</param>
    /// <exception cref="ArgumentException">The description does not hold together.</exception>
    public ImageNetwork(ImageNetworkBuilder builder, string? kernels = null, int group = 8, bool brain = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        (_parameters, _brain) = (builder.ParameterSizes.Count, brain);
        var (operations, shapes, maps) = (builder.Operations.ToArray(), builder.Shapes.ToArray(), builder.Maps.ToArray());
        var (givens, sizes, condition) = (builder.Givens.ToArray(), builder.ParameterSizes.ToArray(), builder.Condition);
        fixed (ImageOperation* o = operations)
        fixed (ImageShape* s = shapes)
        fixed (int* m = maps)
        fixed (ImageGiven* g = givens)
        fixed (long* p = sizes)
            _handle = Create(o, operations.Length, s, shapes.Length, m, maps.Length, &condition, g, givens.Length, p, sizes.Length,
                builder.Image.Channels, builder.Image.Height, builder.Image.Width, group, brain ? 1 : 0, kernels);
        if (_handle == 0) throw new ArgumentException("the description of the image network does not hold together");
    }

    /// <summary>Frees what <see cref="Dispose"/> did not.</summary>
    ~ImageNetwork() => Free();

    /// <summary>The kernels that this processor gets: <c>avx512</c>, <c>avx2</c> or <c>plain</c>.</summary>
    public static string Kernels => Marshal.PtrToStringUTF8(Backend())!;

    /// <summary>Calls of <see cref="Forward"/> and <see cref="Train"/> of this process: what a test counts.</summary>
    public static long Launches => Interlocked.Read(ref launches);

    private static long launches;

    /// <summary>Answers for images [count, channels, height, width].</summary>
    /// <param name="parameters">Addresses of the parameters, contiguous; packed again where their numbers have changed since the last call.</param>
    /// <param name="x">The images.</param>
    /// <param name="time">A time an image.</param>
    /// <param name="labels">An int64 an image, or 0 for no condition.</param>
    /// <param name="output">Where the answers go.</param>
    /// <param name="count">Images.</param>
    /// <param name="threads">Threads.</param>
    public void Forward(ReadOnlySpan<nint> parameters, nint x, nint time, nint labels, nint output, long count, int threads)
    {
        Check(parameters);
        fixed (nint* p = parameters) Accept(NativeForward(_handle, p, x, time, labels, output, count, threads));
        GC.KeepAlive(this);
    }

    /// <summary>
    /// L = Σ_i w_i mean((answer_i − target_i)²) / count and dL/dparameter, which overwrites <paramref name="gradients"/>.
    /// </summary>
    /// <param name="parameters">Addresses of the parameters.</param>
    /// <param name="x">The images.</param>
    /// <param name="time">A time an image.</param>
    /// <param name="labels">An int64 an image, or 0.</param>
    /// <param name="target">What should have been answered.</param>
    /// <param name="rowWeights">w_i.</param>
    /// <param name="output">Where the answers go, or 0.</param>
    /// <param name="count">Images.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="gradients">One address a parameter.</param>
    /// <exception cref="InvalidOperationException">Parameters in bfloat16.</exception>
    public double Train(
        ReadOnlySpan<nint> parameters, nint x, nint time, nint labels, nint target, nint rowWeights, nint output, long count, int threads,
        ReadOnlySpan<nint> gradients)
    {
        if (_brain) throw new InvalidOperationException("a network of bfloat16 parameters is not trained");
        Check(parameters);
        Check(gradients);
        double loss;
        fixed (nint* p = parameters)
        fixed (nint* g = gradients)
            Accept(NativeTrain(_handle, p, x, time, labels, target, rowWeights, output, count, threads, g, &loss));
        GC.KeepAlive(this);
        return loss;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        var handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0) Destroy(handle);
    }

    private void Check(ReadOnlySpan<nint> addresses)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        if (addresses.Length != _parameters) throw new ArgumentException($"{addresses.Length} addresses; the network has {_parameters} parameters");
        Interlocked.Increment(ref launches);
    }

    private static void Accept(int status)
    {
        if (status == 2) throw new InvalidOperationException("no memory for the image network");
        if (status != 0) throw new ArgumentException("a null pointer was given to the image network");
    }

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_image_backend")]
    private static partial nint Backend();

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_image_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Create(
        ImageOperation* operations, int count, ImageShape* shapes, int tensors, int* maps, int mapCount, ImageCondition* condition, ImageGiven* givens,
        int givenCount, long* parameterSizes, int parameters, int channels, int height, int width, int group, int brain, string? backend);

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_image_destroy")]
    private static partial void Destroy(nint handle);

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_image_forward")]
    private static partial int NativeForward(nint handle, nint* parameters, nint x, nint time, nint labels, nint output, long count, int threads);

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_image_train")]
    private static partial int NativeTrain(
        nint handle, nint* parameters, nint x, nint time, nint labels, nint target, nint rowWeights, nint output, long count, int threads, nint* gradients,
        double* loss);
}
