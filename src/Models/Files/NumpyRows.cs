using System.Runtime.InteropServices;

namespace ScoreSde.Models.Files;

/// <summary>An array of float32, [rows, columns], written as a <c>.npy</c> file piece by piece: how many rows there are is known at the end, and no more than a piece is in memory.</summary>
public sealed class NumpyRows
{
    private readonly Stream _stream;
    private readonly long _start;
    private readonly int _columns;
    private long _values;

    /// <summary>Begins at the stream's position.</summary>
    /// <param name="stream">One that can be written to again further back.</param>
    /// <param name="columns">Numbers of a row.</param>
    public NumpyRows(Stream stream, int columns)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        (_stream, _start, _columns) = (stream, stream.Position, columns);
        NumpyArray.WriteHeader(stream, "<f4", [long.MaxValue, columns]); // as long as any that takes its place
    }

    /// <summary>Whole rows more.</summary>
    /// <exception cref="ArgumentException">Not a whole number of rows.</exception>
    public void Append(ReadOnlySpan<float> rows)
    {
        if (rows.Length % _columns != 0) throw new ArgumentException($"{rows.Length} numbers are no whole number of rows of {_columns}", nameof(rows));
        _stream.Write(MemoryMarshal.AsBytes(rows));
        _values += rows.Length;
    }

    /// <summary>Writes how many there are.</summary>
    public void End()
    {
        var end = _stream.Position;
        _stream.Position = _start;
        NumpyArray.WriteHeader(_stream, "<f4", [_values / _columns, _columns], longest: [long.MaxValue, _columns]);
        _stream.Position = end;
    }
}
