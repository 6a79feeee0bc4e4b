using System.Numerics;
using System.Runtime.InteropServices;
using ScoreSde.Kernels;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Models.States;

/// <summary>Standard normals times a factor into a tensor's memory, on the threads that share the passes of a run.</summary>
internal static unsafe class SharedNormals
{
    private const int Piece = 6144, SharedFrom = 2 * Piece, LongFrom = 8 * Piece; // normals: some dozen microseconds, and a hundred

    /// <summary>Fills rows: what <see cref="NormalNoise"/> gives, each normal times the factor in float32.</summary>
    /// <param name="address">The first of rows · dimension floats.</param>
    /// <param name="rows">Number of samples.</param>
    /// <param name="dimension">Coordinates of one sample.</param>
    /// <param name="draws">Seed, stream and first sample.</param>
    /// <param name="draw">Index of the draw.</param>
    /// <param name="factor">What they are multiplied by.</param>
    public static void Fill(nint address, long rows, int dimension, in TensorDraws draws, uint draw, double factor)
    {
        if (rows == 0) return;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        NoiseCounter.CheckSample(draws.FirstSample, rows);
        var together = Math.Max(1, Piece / dimension);
        var work = new Work((float*)address, rows, together, dimension, draws.Seed, draws.Stream, draw, draws.FirstSample, (float)factor);
        var pieces = (rows + together - 1) / together;
        var all = rows * dimension;
        WorkerTeam.Share(all < SharedFrom ? 1 : Environment.ProcessorCount, pieces, &Make, &work, all >= LongFrom);
    }

    [UnmanagedCallersOnly]
    private static void Make(void* context, long piece) => ((Work*)context)->Make(piece);

    private readonly struct Work(float* to, long rows, int together, int dimension, ulong seed, NoiseStream stream, uint draw, long firstSample, float factor)
    {
        private readonly float* _to = to;

        public void Make(long piece)
        {
            var from = piece * together;
            var normals = new Span<float>(_to + from * dimension, (int)(Math.Min(rows - from, together) * dimension));
            NormalNoise.Fill(normals, seed, stream, draw, firstSample + from, dimension);
            if (factor == 1) return;
            var whole = MemoryMarshal.Cast<float, Vector<float>>(normals);
            foreach (ref var some in whole) some *= factor;
            foreach (ref var one in normals[(whole.Length * Vector<float>.Count)..]) one *= factor;
        }
    }
}
