using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>State dictionaries, types and devices.</summary>
        public partial class Module
        {
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                string start = string.IsNullOrEmpty(prefix) ? "" : prefix.EndsWith('.') ? prefix : prefix + ".";
                foreach (var (name, parameter) in _internal_params) destination[start + name] = parameter;
                foreach (var (name, (buffer, persistent)) in _internal_buffers)
                {
                    if (persistent) destination[start + name] = buffer;
                }

                foreach (var (name, child) in _internal_submodules) child.state_dict(destination, start + name);
                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var own = state_dict();
                var missing = own.Keys.Where(key => !source.ContainsKey(key) && skip?.Contains(key) != true).ToList();
                var unexpected = source.Keys.Where(key => !own.ContainsKey(key) && skip?.Contains(key) != true).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"The state does not fit {GetName()}: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");
                }

                using (no_grad())
                {
                    foreach (var (key, target) in own)
                    {
                        if (!source.TryGetValue(key, out var value) || skip?.Contains(key) == true) continue;
                        if (!target.shape.AsSpan().SequenceEqual(value.shape))
                        {
                            throw new ArgumentException(
                                $"{key} has the shape [{string.Join(", ", target.shape)}], its source [{string.Join(", ", value.shape)}].");
                        }

                        target.copy_(value);
                    }
                }

                return (missing, unexpected);
            }

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                Convert(dtype, null, non_blocking);
                return this;
            }

            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                Convert(dtype, device, non_blocking);
                return this;
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                Convert(null, new Device(deviceType, deviceIndex), non_blocking);
                return this;
            }

            /// <summary>
            /// Parameters and buffers keep their objects: the native tensor under each is exchanged. Only floating point types are converted.
            /// </summary>
            private void Convert(ScalarType? dtype, Device? device, bool non_blocking)
            {
                using var no_gradient = no_grad();
                foreach (var (_, parameter) in _internal_params)
                {
                    Exchange(parameter, dtype, device, non_blocking);
                    if (parameter.grad is not { } gradient) continue;
                    using (gradient)
                    {
                        using var converted = gradient.to(dtype ?? gradient.dtype, device ?? gradient.device, non_blocking: non_blocking);
                        parameter.grad = converted;
                    }
                }

                foreach (var (_, (buffer, _)) in _internal_buffers) Exchange(buffer, dtype, device, non_blocking);
                foreach (var (_, child) in _internal_submodules) child.Convert(dtype, device, non_blocking);
            }

            private static void Exchange(Tensor tensor, ScalarType? dtype, Device? device, bool non_blocking)
            {
                var type = dtype is { } wanted && tensor.is_floating_point() ? wanted : tensor.dtype;
                using var converted = tensor.to(type, device ?? tensor.device, non_blocking: non_blocking);
                Check(TorchSharp.Native.sst_set_data(tensor, converted));
            }
        }
    }
}

public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => (T)module._to(type, non_blocking);

    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => (T)module._to(device, type, non_blocking);

    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => (T)module._to(deviceType, deviceIndex, non_blocking);

    public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
        where T : torch.nn.Module => (T)module._to(device.type, device.index, non_blocking);

    public static T to<T>(this T module, string device, bool non_blocking = false)
        where T : torch.nn.Module => module.to(new torch.Device(device), non_blocking);

    public static T to<T>(this T module, torch.Tensor other, bool non_blocking = false)
        where T : torch.nn.Module => module.to(other.device, other.dtype, non_blocking);

    public static T cpu<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => module.to(DeviceType.CPU, -1, non_blocking);

    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => module.to(DeviceType.CUDA, deviceIndex, non_blocking);

    public static T half<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => module.to(torch.ScalarType.Float16, non_blocking);

    public static T bfloat16<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => module.to(torch.ScalarType.BFloat16, non_blocking);

    public static T @float<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => module.to(torch.ScalarType.Float32, non_blocking);

    public static T @double<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => module.to(torch.ScalarType.Float64, non_blocking);
}
