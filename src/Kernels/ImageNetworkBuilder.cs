namespace ScoreSde.Kernels;

/// <summary>
/// Describes a convolutional network on images, operation by operation, for <see cref="ImageNetwork"/>. Parameters are numbered in the
/// order in which <see cref="Parameter"/> names them.
/// </summary>
/// <param name="channels">Channels of the image.</param>
/// <param name="height">Its rows.</param>
/// <param name="width">Its columns.</param>
public sealed class ImageNetworkBuilder(int channels, int height, int width)
{
    private readonly List<ImageOperation> _operations = [];
    private readonly List<ImageShape> _shapes = [];
    private readonly List<ImageGiven> _givens = [];
    private readonly List<int> _maps = [];
    private readonly List<long> _parameters = [];
    private ImageCondition _condition;

    internal (int Channels, int Height, int Width) Image => (channels, height, width);

    internal IReadOnlyList<ImageOperation> Operations => _operations;

    internal IReadOnlyList<ImageShape> Shapes => _shapes;

    internal IReadOnlyList<ImageGiven> Givens => _givens;

    internal IReadOnlyList<int> Maps => _maps;

    internal IReadOnlyList<long> ParameterSizes => _parameters;

    internal ImageCondition Condition => _condition;

    /// <summary>Products that direct convolutions and attention make for one image.</summary>
    public long Products { get; private set; }

    /// <summary>Announces the next parameter and gives its number.</summary>
    public int Parameter(long elements)
    {
        _parameters.Add(elements);
        return _parameters.Count - 1;
    }

    /// <summary>
    /// The vector of each sample: sin and cos of 1000 t 10000^(−2i/features), dense, SiLU, dense, plus a row of the class (the last for none), SiLU.
    /// </summary>
    public void Embed(int features, int width, int classes, (int Weight, int Bias) first, (int Weight, int Bias) second, int classRows) =>
        _condition = new ImageCondition
        {
            Features = features, Width = width, Classes = classes, FirstWeight = first.Weight, FirstBias = first.Bias,
            SecondWeight = second.Weight, SecondBias = second.Bias, ClassRows = classRows,
        };

    /// <summary>The image, squares of <paramref name="patch"/> × <paramref name="patch"/> pixels folded into channels, zeros beyond its end.</summary>
    public ImageTensor Input(int patch)
    {
        var x = Tensor(channels * patch * patch, (height + patch - 1) / patch, (width + patch - 1) / patch);
        _operations.Add(new ImageOperation { Kind = ImageOperationKind.Input, Out = x.Index, Patch = patch });
        return x;
    }

    /// <summary>Unfolds <paramref name="x"/> into the image that the network answers with. The last operation.</summary>
    public void Output(ImageTensor x, int patch) =>
        _operations.Add(new ImageOperation { Kind = ImageOperationKind.Output, In0 = x.Index, Patch = patch });

    /// <summary>A convolution of side 1 or 3 with zeros around, of <paramref name="x"/> with the channels of <paramref name="more"/> after its own.</summary>
    /// <param name="x">What is convolved.</param>
    /// <param name="more">Further channels; sides of 1 only.</param>
    /// <param name="outChannels">Channels of the result.</param>
    /// <param name="parameters">Numbers of weight and bias.</param>
    /// <param name="side">1 or 3.</param>
    /// <param name="stride">1 or 2.</param>
    /// <param name="given">Numbers of weight and bias of a dense layer from the sample's vector, which is added.</param>
    /// <param name="residual">A tensor that is added.</param>
    /// <param name="part">Channels of a part of the result that begins a new block; 0 for all.</param>
    public ImageTensor Convolve(
        ImageTensor x, ImageTensor? more, int outChannels, (int Weight, int Bias) parameters, int side, int stride = 1,
        (int Weight, int Bias)? given = null, ImageTensor? residual = null, int part = 0)
    {
        if (side == 3) _shapes[x.Index] = _shapes[x.Index] with { Padded = 1 };
        var y = Tensor(outChannels, (x.Height + stride - 1) / stride, (x.Width + stride - 1) / stride, ImageTensor.InParts(outChannels, part == 0 ? outChannels : part));
        var map = Map(y.Lanes);
        Products += (long)(x.Channels + (more?.Channels ?? 0)) * outChannels * side * side * y.Height * y.Width;
        if (given is { } dense) _givens.Add(new ImageGiven { Weight = dense.Weight, Bias = dense.Bias, Blocks = y.Blocks, Map = map });
        _operations.Add(new ImageOperation
        {
            Kind = ImageOperationKind.Convolve, In0 = x.Index, In1 = more?.Index ?? -1, Out = y.Index, Residual = residual?.Index ?? -1,
            Weight = parameters.Weight, Bias = parameters.Bias, Given = given is null ? -1 : _givens.Count - 1, Side = side, Stride = stride,
            MapIn = Map(Joined(x, more)), MapOut = map,
        });
        return y;
    }

    /// <summary>Group normalisation of <paramref name="x"/> with the channels of <paramref name="more"/> after its own, with a SiLU where asked for.</summary>
    public ImageTensor Normalise(ImageTensor x, ImageTensor? more, int groups, (int Weight, int Bias) parameters, bool silu)
    {
        var all = x.Channels + (more?.Channels ?? 0);
        var lanes = Joined(x, more); // the result has the lanes of its inputs, so that a block is normalised by itself
        var y = Tensor(all, x.Height, x.Width, lanes);
        _operations.Add(new ImageOperation
        {
            Kind = ImageOperationKind.Normalise, In0 = x.Index, In1 = more?.Index ?? -1, Out = y.Index, Weight = parameters.Weight, Bias = parameters.Bias,
            Silu = silu ? 1 : 0, Groups = groups, Channels = all, MapIn = Map(lanes),
        });
        return y;
    }

    /// <summary>Nearest neighbour to another size.</summary>
    public ImageTensor Resize(ImageTensor x, int rows, int columns)
    {
        var y = Tensor(x.Channels, rows, columns, x.Lanes);
        _operations.Add(new ImageOperation { Kind = ImageOperationKind.Resize, In0 = x.Index, Out = y.Index });
        return y;
    }

    /// <summary>Attention over all positions: <paramref name="x"/> holds queries, keys and values of each head, every head's in blocks of its own.</summary>
    public ImageTensor Attend(ImageTensor x, int heads)
    {
        var depth = x.Channels / (3 * heads);
        Products += 2L * x.Channels / 3 * x.Height * x.Width * x.Height * x.Width;
        var y = Tensor(x.Channels / 3, x.Height, x.Width, ImageTensor.InParts(x.Channels / 3, depth));
        _operations.Add(new ImageOperation { Kind = ImageOperationKind.Attend, In0 = x.Index, Out = y.Index, Heads = heads, HeadChannels = depth });
        return y;
    }

    private ImageTensor Tensor(int count, int rows, int columns, int[]? lanes = null)
    {
        var tensor = new ImageTensor(_shapes.Count, count, rows, columns, lanes ?? ImageTensor.InParts(count, count));
        _shapes.Add(new ImageShape { Blocks = tensor.Blocks, Height = rows, Width = columns });
        return tensor;
    }

    private static int[] Joined(ImageTensor x, ImageTensor? more) =>
        more is null ? x.Lanes : [.. x.Lanes, .. more.Lanes.Select(lane => lane < 0 ? -1 : x.Channels + lane)];

    private int Map(IEnumerable<int> lanes)
    {
        var at = _maps.Count;
        _maps.AddRange(lanes);
        return at;
    }
}
