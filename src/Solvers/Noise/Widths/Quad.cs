using System.Runtime.Intrinsics;

namespace ScoreSde.Solvers.Noise.Widths;

/// <summary>Four vectors side by side.</summary>
internal readonly struct Quad<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d) where T : struct
{
    public readonly Vector512<T> A = a, B = b, C = c, D = d;
}
