using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>What convolutions have in common.</summary>
        public abstract class Convolution : nn.Module<Tensor, Tensor>
        {
            private protected Convolution(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding,
                Padding? padding_type, long[] dilation, PaddingModes padding_mode, long groups, bool bias, Device? device, ScalarType? dtype)
                : base(name)
            {
                if (in_channels % groups != 0 || out_channels % groups != 0)
                    throw new ArgumentException($"{groups} groups do not divide {in_channels} input and {out_channels} output channels.");
                this.in_channels = in_channels;
                this.out_channels = out_channels;
                this.kernel_size = kernel_size;
                this.stride = stride;
                this.padding = padding;
                this.padding_type = padding_type;
                this.dilation = dilation;
                this.padding_mode = padding_mode;
                this.groups = groups;
                weight = new Parameter(empty([out_channels, in_channels / groups, .. kernel_size], dtype, device));
                if (bias) this.bias = new Parameter(empty(out_channels, dtype, device));
                reset_parameters();
            }

            public long in_channels { get; }

            public long out_channels { get; }

            public long[] kernel_size { get; set; }

            public long[] stride { get; set; }

            public long[] padding { get; }

            public Padding? padding_type { get; }

            public long[] dilation { get; set; }

            public PaddingModes padding_mode { get; set; }

            public long groups { get; set; }

            public Parameter weight
            {
                get => _internal_params["weight"];
                set => Own("weight", value);
            }

            public Parameter? bias
            {
                get => Owned("bias");
                set => Own("bias", value);
            }

            public void reset_parameters()
            {
                nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
                if (bias is not { } offset) return;
                double bound = 1 / Math.Sqrt(nn.init.CalculateFanInAndFanOut(weight).fanIn);
                nn.init.uniform_(offset, -bound, bound);
            }
        }

        /// <summary>Convolution of images [N, C, H, W].</summary>
        public sealed class Conv2d : Convolution
        {
            internal Conv2d(long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, Padding? padding_type,
                long[] dilation, PaddingModes padding_mode, long groups, bool bias, Device? device, ScalarType? dtype)
                : base(nameof(Conv2d), in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, padding_mode, groups, bias,
                    device, dtype)
            {
            }

            public override Tensor forward(Tensor input)
            {
                if (padding_type is { } type && padding_mode == PaddingModes.Zeros)
                    return Native.sst_conv2d_padded(input, weight, bias, stride, 2, type == Padding.Same, dilation, 2, groups);
                long[] margins = padding_type is null ? [padding[1], padding[1], padding[0], padding[0]] : Same();
                if (padding_mode == PaddingModes.Zeros) return nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
                using var padded = nn.functional.pad(input, margins, padding_mode);
                return nn.functional.conv2d(padded, weight, bias, stride, [0, 0], dilation, groups);
            }

            private long[] Same()
            {
                if (padding_type == Padding.Valid) return [0, 0, 0, 0];
                long height = dilation[0] * (kernel_size[0] - 1);
                long width = dilation[1] * (kernel_size[1] - 1);
                return [width / 2, width - width / 2, height / 2, height - height / 2];
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [padding, padding], null, [dilation, dilation],
                    padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null,
                (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1,
                bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, Two(kernel_size), Two(stride ?? (1, 1)), Two(padding ?? (0, 0)), null, Two(dilation ?? (1, 1)),
                    padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [0, 0], padding, [dilation, dilation], padding_mode,
                    groups, bias, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, Padding padding, (long, long)? stride = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, Two(kernel_size), Two(stride ?? (1, 1)), [0, 0], padding, Two(dilation ?? (1, 1)), padding_mode,
                    groups, bias, device, dtype);

            private static long[] Two((long, long) pair) => [pair.Item1, pair.Item2];
        }
    }
}
