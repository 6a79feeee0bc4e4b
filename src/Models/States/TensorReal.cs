using System.Numerics;
using ScoreSde.Solvers.States.Reals;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>
/// One real number a sample of a tensor state: a tensor [B, 1, …] that broadcasts over the sample's coordinates, or what arithmetic made of such, doubles
/// in the program's own memory.
/// </summary>
/// <remarks>
/// Arithmetic reads the numbers once, whatever the device, and is that of <see cref="PointReal"/>: in double, a sample's the same bits in any batch, and
/// nothing for a run to free. Where a number meets a state it takes the state's type and device.
/// </remarks>
public readonly record struct TensorReal : IReal<TensorReal>
{
    private readonly Tensor? _value;
    private readonly PointReal? _numbers;
    private readonly int _rank;

    /// <summary>From a tensor, which stays the caller's.</summary>
    /// <param name="value">[B, 1, …], of as many dimensions as the state.</param>
    public TensorReal(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        (_value, _rank) = (value, (int)value.dim());
    }

    /// <summary>From the numbers and the number of dimensions of the state.</summary>
    internal TensorReal(PointReal numbers, int rank) => (_numbers, _rank) = (numbers, rank);

    /// <summary>[B, 1, …], of as many dimensions as the state. Of numbers that arithmetic made, a new float64 tensor on the CPU at each call.</summary>
    public Tensor Value
    {
        get
        {
            if (_value is not null) return _value;
            using var flat = tensor(_numbers!.Values.ToArray(), dtype: ScalarType.Float64);
            return flat.reshape(Shape(_numbers.Values.Length, _rank));
        }
    }

    /// <summary>The B numbers.</summary>
    public PointReal Numbers
    {
        get
        {
            if (_numbers is not null) return _numbers;
            using var scope = NewDisposeScope();
            return new PointReal(TensorMemory.Elements<double>(_value!.detach().to(ScalarType.Float64).cpu().contiguous()));
        }
    }

    /// <summary>A number for each sample of a state of the given shape.</summary>
    /// <param name="numbers">[B] numbers.</param>
    /// <param name="like">The state, [B, …event].</param>
    public static TensorReal Of(Tensor numbers, TensorState like)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var state = like.Value;
        return new TensorReal(numbers.reshape(Shape(state.shape[0], (int)state.dim())));
    }

    /// <summary>The numbers in a state's type and on its device; made in the innermost scope unless they are already there.</summary>
    internal Tensor On(Tensor state) => Value.to(state.dtype, state.device);

    /// <summary>Σ over the coordinates of each sample; what it is given is freed.</summary>
    /// <remarks>
    /// In the program's memory, in double and in order, so that a sample's sum depends neither on the batch nor on the device: libtorch splits a long row of its
    /// own among threads, and on a GPU by the number of rows too.
    /// </remarks>
    internal static TensorReal OfRows(Tensor terms)
    {
        using (terms)
        {
            var (samples, rank) = ((int)terms.shape[0], (int)terms.dim());
            if (terms.dtype is ScalarType.Float32 or ScalarType.Float64 && !(terms.requires_grad && is_grad_enabled()))
            {
                using var near = TensorMemory.IsReachable(terms) ? null : terms.cpu();
                using var whole = near?.contiguous();
                var here = whole ?? terms;
                return new TensorReal(terms.dtype == ScalarType.Float64
                    ? Rows<double>(TensorMemory.Elements<double>(here), samples)
                    : Rows<float>(TensorMemory.Elements<float>(here), samples), rank);
            }
            using var rows = terms.reshape(samples, -1);
            using var sums = rows.sum(1);
            return new TensorReal(sums.reshape(Shape(samples, rank)));
        }
    }

    private static PointReal Rows<E>(ReadOnlySpan<E> terms, int samples) where E : INumberBase<E>
    {
        var sums = new double[samples];
        var length = terms.Length / samples;
        for (var i = 0; i < samples; i++)
        {
            var sum = 0.0;
            foreach (var term in terms.Slice(i * length, length)) sum += double.CreateTruncating(term);
            sums[i] = sum;
        }
        return new PointReal(sums);
    }

    private static long[] Shape(long samples, int rank)
    {
        var shape = new long[rank];
        Array.Fill(shape, 1);
        shape[0] = samples;
        return shape;
    }

    /// <inheritdoc/>
    public static TensorReal Of(double value, TensorReal like) => new(PointReal.Of(value, like.Numbers), like._rank);

    /// <inheritdoc/>
    public static TensorReal Add(TensorReal a, TensorReal b) => new(PointReal.Add(a.Numbers, b.Numbers), a._rank);

    /// <inheritdoc/>
    public static TensorReal Subtract(TensorReal a, TensorReal b) => new(PointReal.Subtract(a.Numbers, b.Numbers), a._rank);

    /// <inheritdoc/>
    public static TensorReal Multiply(TensorReal a, TensorReal b) => new(PointReal.Multiply(a.Numbers, b.Numbers), a._rank);

    /// <inheritdoc/>
    public static TensorReal Divide(TensorReal a, TensorReal b) => new(PointReal.Divide(a.Numbers, b.Numbers), a._rank);

    /// <inheritdoc/>
    public static TensorReal Scale(double c, TensorReal a) => new(PointReal.Scale(c, a.Numbers), a._rank);

    /// <inheritdoc/>
    public static TensorReal Min(TensorReal a, TensorReal b) => new(PointReal.Min(a.Numbers, b.Numbers), a._rank);

    /// <inheritdoc/>
    public static TensorReal Max(TensorReal a, TensorReal b) => new(PointReal.Max(a.Numbers, b.Numbers), a._rank);

    /// <inheritdoc/>
    public static TensorReal Sqrt(TensorReal a) => new(PointReal.Sqrt(a.Numbers), a._rank);

    /// <inheritdoc/>
    public static TensorReal Exp(TensorReal a) => new(PointReal.Exp(a.Numbers), a._rank);

    /// <inheritdoc/>
    public static TensorReal Expm1(TensorReal a) => new(PointReal.Expm1(a.Numbers), a._rank);

    /// <inheritdoc/>
    public static TensorReal Log(TensorReal a) => new(PointReal.Log(a.Numbers), a._rank);

    /// <inheritdoc/>
    public static TensorReal Log1p(TensorReal a) => new(PointReal.Log1p(a.Numbers), a._rank);

    /// <inheritdoc/>
    public static TensorReal Power(TensorReal a, double p) => new(PointReal.Power(a.Numbers, p), a._rank);

    /// <inheritdoc/>
    public static TensorReal Less(TensorReal a, TensorReal b) => new(PointReal.Less(a.Numbers, b.Numbers), a._rank);

    /// <inheritdoc/>
    public static TensorReal Where(TensorReal condition, TensorReal a, TensorReal b) =>
        new(PointReal.Where(condition.Numbers, a.Numbers, b.Numbers), condition._rank);

    /// <inheritdoc/>
    public static bool Any(TensorReal condition) => PointReal.Any(condition.Numbers);

    /// <inheritdoc/>
    public static double Sum(TensorReal a) => PointReal.Sum(a.Numbers);

    /// <inheritdoc/>
    public static double Greatest(TensorReal a) => PointReal.Greatest(a.Numbers);

    /// <inheritdoc/>
    public static int Count(TensorReal a) => PointReal.Count(a.Numbers);

    /// <inheritdoc/>
    public static double At(TensorReal a, int sample) => PointReal.At(a.Numbers, sample);

    /// <inheritdoc/>
    public static TensorReal Map<F>(F function, TensorReal a) where F : struct, IRealFunction => new(PointReal.Map(function, a.Numbers), a._rank);
}
