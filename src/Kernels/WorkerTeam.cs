using System.Runtime.InteropServices;

namespace ScoreSde.Kernels;

/// <summary>
/// The threads that share the passes of linear forms (native/workers.cpp), for other work of some microseconds: noise, so that they are awake when the run's first pass follows it.
/// </summary>
public static unsafe partial class WorkerTeam
{
    /// <summary>
    /// Calls <paramref name="piece"/> for each number below <paramref name="pieces"/>, on so many threads at most; which of them makes which is open. Returns when all are made.
    /// A second caller at the same time makes its pieces alone.
    /// </summary>
    /// <param name="threads">The calling one among them; more than 16 are 16.</param>
    /// <param name="pieces">How many there are.</param>
    /// <param name="piece">Given the context and the piece's number; it must not throw.</param>
    /// <param name="context">Its own; alive until the call returns.</param>
    /// <param name="isLong">Whether the work takes longer than a thread to wake up, some fifty microseconds: then sleeping ones are called.</param>
    public static void Share(int threads, long pieces, delegate* unmanaged<void*, long, void> piece, void* context, bool isLong)
    {
        ArgumentNullException.ThrowIfNull(piece);
        ArgumentOutOfRangeException.ThrowIfNegative(pieces);
        ShareOut(threads, pieces, piece, context, isLong ? 1 : 0);
    }

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_share")]
    private static partial void ShareOut(int threads, long pieces, delegate* unmanaged<void*, long, void> piece, void* context, int isLong);
}
