using System.Runtime.InteropServices;

namespace ScoreSde.Kernels;

/// <summary>What an operation of an image network does; the numbers are those of <c>native/image_program.h</c>.</summary>
internal enum ImageOperationKind
{
    Input,
    Convolve,
    Normalise,
    Resize,
    Attend,
    Output,
}

/// <summary>One operation as the native side reads it; −1 for what there is not.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ImageOperation()
{
    public ImageOperationKind Kind;
    public int In0 = -1, In1 = -1, Out = -1, Residual = -1, Weight = -1, Bias = -1, Given = -1;
    public int Side, Stride, Silu, Groups, Channels, Heads, HeadChannels;
    public int MapIn = -1, MapOut = -1;
    public int Patch;
}

/// <summary>A tensor: blocks of sixteen channels, size, and whether a border of zeros lies around it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ImageShape
{
    public int Blocks, Height, Width, Padded;
}

/// <summary>The vector of a sample: sinusoids of its time, two dense layers, a row of its class. Parameters by index.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ImageCondition
{
    public int Features, Width, Classes, FirstWeight, FirstBias, SecondWeight, SecondBias, ClassRows;
}

/// <summary>A dense layer from that vector to the channels of a tensor.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ImageGiven
{
    public int Weight, Bias, Blocks, Map;
}

/// <summary>A tensor of a network that is being described.</summary>
public sealed class ImageTensor
{
    internal const int BlockLanes = 16;

    internal ImageTensor(int index, int channels, int height, int width, int[] lanes) =>
        (Index, Channels, Height, Width, Lanes) = (index, channels, height, width, lanes);

    /// <summary>Channels.</summary>
    public int Channels { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    internal int Index { get; }

    /// <summary>The channel of each lane; −1 for a lane that is always zero.</summary>
    internal int[] Lanes { get; }

    internal int Blocks => Lanes.Length / BlockLanes;

    /// <summary>Lanes of parts of so many channels, each of which begins a new block.</summary>
    internal static int[] InParts(int channels, int part)
    {
        var width = (part + BlockLanes - 1) / BlockLanes * BlockLanes;
        return [.. Enumerable.Range(0, channels / part * width).Select(i => i % width < part ? i / width * part + i % width : -1)];
    }
}
