namespace ScoreSde.Models.Files;

/// <summary>Files that are there whole or not at all: written under another name beside the target, then renamed.</summary>
public static class WholeFile
{
    /// <summary>Writes a file, making its folder where that is missing. A failure leaves what was there before.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var partial = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}.{Guid.NewGuid():N}.partial");
        try
        {
            using (var stream = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16)) write(stream);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial); // no error where it was renamed
        }
    }

    /// <summary>Writes bytes.</summary>
    public static void Write(string path, byte[] bytes) => Write(path, stream => stream.Write(bytes));

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    public static void Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));
}
