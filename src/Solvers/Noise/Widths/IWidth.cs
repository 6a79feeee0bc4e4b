namespace ScoreSde.Solvers.Noise.Widths;

/// <summary>
/// The arithmetic a normal and an exponential are defined by, at one vector width. Every operation here is exact or correctly rounded, so
/// the same formula gives the same bits at every width and on every processor: no estimates, no contraction, no library functions.
/// </summary>
/// <typeparam name="F">Floats, one a lane.</typeparam>
/// <typeparam name="U">Unsigned 32-bit words, one a lane.</typeparam>
public interface IWidth<F, U> where F : struct where U : struct
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>One float in every lane.</summary>
    static abstract F Splat(float value);

    /// <summary>One word in every lane.</summary>
    static abstract U Splat(uint value);

    /// <summary>A word a lane, read in order.</summary>
    static abstract U Load(ref readonly uint source);

    /// <summary>Writes the lanes in order.</summary>
    static abstract void Store(F value, ref float destination);

    /// <summary>Writes the lanes in order.</summary>
    static abstract void Store(U value, ref uint destination);

    /// <summary>a + b.</summary>
    static abstract F Add(F a, F b);

    /// <summary>a − b.</summary>
    static abstract F Subtract(F a, F b);

    /// <summary>a·b.</summary>
    static abstract F Multiply(F a, F b);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract F Fma(F a, F b, F c);

    /// <summary>a·b + c with one rounding, c the same in every lane: a step of a polynomial.</summary>
    static abstract F Fma(F a, F b, float c);

    /// <summary>The square root, correctly rounded.</summary>
    static abstract F Sqrt(F a);

    /// <summary>The larger, of two numbers that are numbers.</summary>
    static abstract F Max(F a, F b);

    /// <summary>The words read as signed integers, rounded to floats.</summary>
    static abstract F FromSigned(U a);

    /// <summary>The floats' bits.</summary>
    static abstract U Bits(F a);

    /// <summary>The floats with these bits.</summary>
    static abstract F FromBits(U a);

    /// <summary>a + b modulo 2³².</summary>
    static abstract U Add(U a, U b);

    /// <summary>a − b modulo 2³².</summary>
    static abstract U Subtract(U a, U b);

    /// <summary>Bitwise and.</summary>
    static abstract U And(U a, U b);

    /// <summary>Bitwise exclusive or.</summary>
    static abstract U Xor(U a, U b);

    /// <summary>Shift to the left.</summary>
    static abstract U ShiftLeft(U a, int bits);

    /// <summary>Shift to the right, zeros coming in.</summary>
    static abstract U ShiftRight(U a, int bits);

    /// <summary>Shift to the right, copies of the top bit coming in.</summary>
    static abstract U ShiftRightSigned(U a, int bits);

    /// <summary>a with its sign changed where the top bit of the word is set.</summary>
    static abstract F FlipSign(F a, U word);

    /// <summary>Exchanges a and b where the word has the bit.</summary>
    static abstract void Exchange(U word, uint bit, ref F a, ref F b);

    /// <summary>u = 2^e (1 + f) with 1 + f ∈ [⅔, 4/3), exactly, from half of a normal positive u: the float below ⅔ belongs to the smaller e.</summary>
    static abstract void AroundOne(F half, out F e, out F f);

    /// <summary>x − ⌊x⌋, rounded down where it has to be rounded: for −½ &lt; x &lt; 0.</summary>
    static abstract F Fraction(F x);

    /// <summary>a·2^⌊n⌋ where that is a normal float.</summary>
    static abstract F Scale(F a, F n);

    /// <summary>Philox4x32-10, a block a lane.</summary>
    static abstract void Philox(ref U c0, ref U c1, ref U c2, ref U c3, uint key0, uint key1);

    /// <summary>Writes four values a lane as [lane, value]: 4·<see cref="Count"/> floats.</summary>
    static abstract void StoreInterleaved(F z0, F z1, F z2, F z3, ref float destination);
}
