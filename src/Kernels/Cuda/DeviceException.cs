namespace ScoreSde.Kernels.Cuda;

/// <summary>The device, its driver or its compiler refused something; the message says what was tried.</summary>
public sealed class DeviceException : Exception
{
    /// <summary>With what was tried and what came of it.</summary>
    public DeviceException(string message) : base(message) { }

    /// <summary>With a message and a cause.</summary>
    public DeviceException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>With nothing.</summary>
    public DeviceException() { }
}
