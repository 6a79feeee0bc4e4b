using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);
    public static readonly Device META = new(DeviceType.META);
    private static Device? defaultDevice;

    public static Device CUDA => new(DeviceType.CUDA);

    public static Device MPS => new(DeviceType.MPS);

    internal static Device DefaultDevice => defaultDevice ?? CPU;

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(int index) => new(index);

    public static void set_default_device(Device device) => defaultDevice = device;

    public static void set_default_device(string device) => defaultDevice = new Device(device);

    public static Device get_default_device() => DefaultDevice;

    public class Device
    {
        public Device(string description)
        {
            string[] parts = description.Split(':');
            if (parts.Length > 2) throw Unknown(description);
            type = Parse(parts[0]);
            index = parts.Length == 1 ? DefaultIndex(type)
                : int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw Unknown(description);
        }

        public Device(string deviceType, int index = -1)
            : this(Parse(deviceType), index)
        {
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index < 0 ? DefaultIndex(deviceType) : index;
        }

        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        public DeviceType type { get; }

        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            string name = type.ToString().ToLowerInvariant();
            return type is DeviceType.CPU or DeviceType.META ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{index}");
        }

        private static int DefaultIndex(DeviceType type) => type is DeviceType.CPU or DeviceType.META ? -1 : 0;

        private static DeviceType Parse(string name) =>
            Enum.TryParse(name, ignoreCase: true, out DeviceType parsed) && !char.IsAsciiDigit(name[0]) ? parsed : throw Unknown(name);

        private static ArgumentException Unknown(string description) =>
            new($"'{description}' names no device: expected a form such as \"cpu\", \"cuda\" or \"cuda:1\".", nameof(description));
    }
}
