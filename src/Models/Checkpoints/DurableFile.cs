using System.Runtime.InteropServices;

namespace ScoreSde.Models.Checkpoints;

/// <summary>Writes that survive the process and the machine going down: data and directory entries are forced to the disk.</summary>
internal static partial class DurableFile
{
    /// <summary>Forces what was written to a file to the disk.</summary>
    public static void Force(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Forces the names in a directory to the disk. Windows keeps them by itself.</summary>
    public static void ForceDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(path, 0);
        if (descriptor < 0) throw new IOException($"directory {path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        try
        {
            if (Synchronise(descriptor) != 0) throw new IOException($"directory {path} cannot be forced to the disk: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Replaces a small text file: after a crash at any moment it holds the old text or the new.</summary>
    public static void Replace(string path, string text)
    {
        var temporary = path + ".new";
        File.WriteAllText(temporary, text);
        Force(temporary);
        File.Move(temporary, path, overwrite: true);
        ForceDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronise(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
