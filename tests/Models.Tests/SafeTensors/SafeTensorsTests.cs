using System.Buffers.Binary;
using System.Text;
using TorchSharp;

namespace ScoreSde.Models.Tests.SafeTensorsFiles;

[NoTensorLeaks]
public sealed class SafeTensorsTests : IDisposable
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32, ScalarType.Int16,
        ScalarType.Int8, ScalarType.Byte, ScalarType.Bool,
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("safetensors").FullName;

    private string FilePath => Path.Combine(folder, "weights.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Write_ThenRead_GivesTheSameBits() => Property.Check("a file read is the file written", draws =>
    {
        using var scope = NewDisposeScope();
        var tensors = Drawn(draws);
        var metadata = draws.OnceIn(2) ? new Dictionary<string, string> { ["step"] = "12", ["é\"\\"] = "\u0001 \U0001F600" } : null;
        SafeTensors.Write(FilePath, tensors, metadata);
        using var content = SafeTensors.Read(FilePath);
        Assert.Equal(tensors.Keys.Order(), content.Tensors.Keys.Order());
        Assert.Equal(metadata ?? [], content.Metadata);
        foreach (var (name, tensor) in tensors)
        {
            var read = content.Tensors[name];
            Assert.Equal(tensor.dtype, read.dtype);
            Assert.Equal(tensor.shape, read.shape);
            Assert.Equal(tensor.contiguous().bytes.ToArray(), read.bytes.ToArray());
        }
    }, seed: 20240301, cases: 60);

    [Fact]
    public void Write_SameTensorsInAnotherOrder_GivesTheSameFile()
    {
        using var scope = NewDisposeScope();
        var a = arange(5, dtype: ScalarType.Float32);
        var b = arange(3, dtype: ScalarType.Int64);
        SafeTensors.Write(FilePath, new Dictionary<string, Tensor> { ["a"] = a, ["b"] = b });
        byte[] first = System.IO.File.ReadAllBytes(FilePath);
        SafeTensors.Write(FilePath, new Dictionary<string, Tensor> { ["b"] = b, ["a"] = a });
        Assert.Equal(first, System.IO.File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Write_OneTensor_HasTheFormatsBytes()
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(FilePath, new Dictionary<string, Tensor> { ["w"] = tensor(new short[] { 1, -2 }) });
        const string header = """{"w":{"dtype":"I16","shape":[2],"data_offsets":[0,4]}}""";
        byte[] expected = File(header.PadRight((header.Length + 7) / 8 * 8), [1, 0, 0xFE, 0xFF]);
        Assert.Equal(expected, System.IO.File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Read_EveryTruncation_IsRefused()
    {
        using (NewDisposeScope())
            SafeTensors.Write(FilePath, new Dictionary<string, Tensor> { ["a"] = arange(7, dtype: ScalarType.Float32), ["b"] = ones(2, 3) });
        byte[] whole = System.IO.File.ReadAllBytes(FilePath);
        for (int length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(FilePath, whole[..length]);
            Assert.Throws<InvalidDataException>(() => SafeTensors.Read(FilePath));
        }

        System.IO.File.WriteAllBytes(FilePath, [.. whole, 0]);
        Assert.Contains("has 53", Assert.Throws<InvalidDataException>(() => SafeTensors.Read(FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HeaderWithOneByteChanged_IsRefusedOrGivesTensorsOfTheSameSize() => Property.Check("no changed byte goes past the checks", draws =>
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(FilePath, new Dictionary<string, Tensor> { ["first"] = arange(6, dtype: ScalarType.Float32), ["second"] = ones(2, 3) });
        byte[] bytes = System.IO.File.ReadAllBytes(FilePath);
        int headerEnd = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        int place = draws.Whole("place", 0, headerEnd - 1);
        bytes[place] = (byte)draws.Whole("byte", 0, 255);
        System.IO.File.WriteAllBytes(FilePath, bytes);
        try
        {
            using var content = SafeTensors.Read(FilePath);
            Assert.Equal(bytes.Length - headerEnd, content.Tensors.Values.Sum(tensor => tensor.numel() * tensor.element_size()));
        }
        catch (InvalidDataException)
        {
            // refused, as it should be
        }
    }, seed: 20240302, cases: 400);

    [Fact]
    public void Read_LyingHeader_SaysWhatIsWrong()
    {
        void Refused(string header, int dataBytes, string reason)
        {
            System.IO.File.WriteAllBytes(FilePath, File(header, new byte[dataBytes]));
            string message = Assert.Throws<InvalidDataException>(() => SafeTensors.Read(FilePath)).Message;
            Assert.Contains(reason, message, StringComparison.Ordinal);
        }

        Refused("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "twice");
        Refused("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "inside");
        Refused("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "belong to no tensor");
        Refused("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "takes 12");
        Refused("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "whole numbers");
        Refused("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "offsets [8, 0]");
        Refused("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "the file has 7");
        Refused("""{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""", 8, "'F31'");
        Refused("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "lacks");
        Refused("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "overflow");
        Refused("""{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,8]}}""", 8, "whole numbers");
        Refused("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"code":1}}""", 8, "'code'");
        Refused("""{"__metadata__":{"k":1}}""", 0, "Number");
        Refused("""{"__metadata__":{"k":"1","k":"2"}}""", 0, "twice");
        Refused("""{"a":[[[[[[]]]]]]}""", 0, "StartArray");
        Refused("[1]", 0, "'{'");
        Refused("", 0, "'{'");
        Refused("{} {}", 0, "after a single JSON value");
    }

    [Fact]
    public void Read_HugeClaimedHeader_IsRefusedWithoutReadingIt()
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, ulong.MaxValue);
        System.IO.File.WriteAllBytes(FilePath, bytes);
        Assert.Contains("limit", Assert.Throws<InvalidDataException>(() => SafeTensors.Read(FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Fails_LeavesTheOldFile()
    {
        using var scope = NewDisposeScope();
        var good = ones(3);
        SafeTensors.Write(FilePath, new Dictionary<string, Tensor> { ["a"] = good });
        byte[] before = System.IO.File.ReadAllBytes(FilePath);
        var disposed = ones(3);
        disposed.Dispose();
        Assert.Throws<InvalidOperationException>(() => SafeTensors.Write(FilePath, new Dictionary<string, Tensor> { ["a"] = disposed }));
        Assert.Throws<ArgumentException>(() => SafeTensors.Write(FilePath, new Dictionary<string, Tensor> { ["__metadata__"] = good }));
        Assert.Equal(before, System.IO.File.ReadAllBytes(FilePath));
        Assert.Single(Directory.GetFiles(folder));
    }

    private static Dictionary<string, Tensor> Drawn(Draws draws)
    {
        var tensors = new Dictionary<string, Tensor>();
        int count = draws.Whole("tensors", 0, 4);
        for (int i = 0; i < count; i++)
        {
            var type = draws.OneOf<ScalarType>("type", Types);
            long[] shape = [.. Enumerable.Range(0, draws.Whole("rank", 0, 3)).Select(_ => (long)draws.Whole("size", 0, 4))];
            var values = randint(0, 100, shape, ScalarType.Int64).to(type);
            if (shape.Length > 1 && draws.OnceIn(3)) values = values.transpose(0, 1);
            tensors.Add($"layer.{i}/ü\n", values);
        }

        return tensors;
    }

    private static byte[] File(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] bytes = new byte[8 + text.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)text.Length);
        text.CopyTo(bytes, 8);
        data.CopyTo(bytes, 8 + text.Length);
        return bytes;
    }
}
