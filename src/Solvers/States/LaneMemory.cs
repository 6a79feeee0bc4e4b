using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ScoreSde.Solvers.States;

/// <summary>Vectors that stay where they are, on cache lines: one that straddles two costs twice.</summary>
internal sealed unsafe class LaneMemory
{
    private const int Line = 64;
    private readonly byte[] _bytes;

    /// <summary>For so many vectors; what they hold is undefined.</summary>
    public LaneMemory(int vectors)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(checked(vectors * Line + Line), pinned: true);
        var address = (nint)Unsafe.AsPointer(ref _bytes[0]);
        First = (Vector512<float>*)((address + Line - 1) & -Line);
    }

    /// <summary>The first; good as long as this object is reachable.</summary>
    public Vector512<float>* First { get; }
}
