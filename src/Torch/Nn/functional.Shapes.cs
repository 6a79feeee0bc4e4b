namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Attention, resampling, normalization of vectors.</summary>
        public static partial class functional
        {
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0, bool is_casual = false) =>
                Native.sst_attention(query, key, value, attn_mask, p, is_casual);

            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null,
                InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false,
                bool antialias = false)
            {
                if (size is null == scale_factor is null) throw new ArgumentException("interpolate: give either size or scale_factor.");
                long[] shape = x.shape;
                int spatial = shape.Length - 2;
                double Scale(int axis) => scale_factor!.Length == 1 ? scale_factor[0] : scale_factor[axis];
                long[] output = size is null ? [.. Enumerable.Range(0, spatial).Select(axis => (long)Math.Floor(shape[axis + 2] * Scale(axis)))]
                    : size.Length == 1 ? [.. Enumerable.Repeat(size[0], spatial)]
                    : size;
                bool use_scale = scale_factor is not null && !recompute_scale_factor;
                return Native.sst_interpolate(x, output, output.Length, use_scale, use_scale ? Scale(0) : 0,
                    use_scale ? Scale(spatial - 1) : 0, (int)mode, align_corners ?? false, antialias);
            }

            public static Tensor normalize(Tensor input, double p = 2, long dim = 1, double eps = 1e-12)
            {
                using var norm = Native.sst_norm_dim(input, dim, true, p);
                using var floor = norm.clamp_min(eps);
                return input.div(floor);
            }

            private static long[] Two((long, long) pair) => [pair.Item1, pair.Item2];
        }
    }
}
