using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Tensors of an optimizer's state in a stream: presence, type, shape, bytes.</summary>
internal static class StateStream
{
    internal static void Write(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        if (tensor is null) return;
        long[] shape = tensor.shape;
        writer.Write((byte)tensor.dtype);
        writer.Write(shape.Length);
        foreach (long size in shape) writer.Write(size);
        using var onCpu = tensor.cpu();
        using var contiguous = onCpu.contiguous();
        writer.Write(contiguous.bytes);
    }

    /// <summary>Reads into the given tensor; null when none was written.</summary>
    internal static Tensor? Read(BinaryReader reader, Parameter parameter)
    {
        if (!reader.ReadBoolean()) return null;
        var type = (ScalarType)reader.ReadByte();
        int rank = reader.ReadInt32();
        if (rank is < 0 or > 64) throw new InvalidDataException($"A state tensor of {rank} dimensions.");
        long[] shape = new long[rank];
        foreach (ref long size in shape.AsSpan()) size = reader.ReadInt64();
        if (!shape.AsSpan().SequenceEqual(parameter.shape))
            throw new InvalidDataException($"State of the shape [{string.Join(", ", shape)}] for a parameter of [{string.Join(", ", parameter.shape)}].");
        using var onCpu = empty(shape, type, CPU);
        reader.BaseStream.ReadExactly(onCpu.bytes);
        return onCpu.to(parameter.device).DetachFromDisposeScope();
    }

}
