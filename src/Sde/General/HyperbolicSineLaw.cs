namespace ScoreSde.Sde.General;

/// <summary>Exact law of dx = (½x + √(1 + x²)) dt + √(1 + x²) dW (Itô), whose solution is x_t = sinh(arsinh x_0 + t + W_t).</summary>
/// <remarks>
/// With y = arsinh x: dy = dt + dW gives dx = cosh y (dt + dW) + ½ sinh y dt by Itô's formula. A textbook example with neither additive nor
/// linear noise.
/// </remarks>
public static class HyperbolicSineLaw
{
    /// <summary>x_h along a path.</summary>
    public static double Along(double start, double h, double brownian) => Math.Sinh(Math.Asinh(start) + h + brownian);

    /// <summary>E x_h = e^{h/2} sinh(arsinh x_0 + h).</summary>
    public static double MeanAfter(double start, double h) => Math.Exp(0.5 * h) * Math.Sinh(Math.Asinh(start) + h);

    /// <summary>Var x_h = ½(e^{2h} cosh 2y − 1) − e^h sinh² y with y = arsinh x_0 + h.</summary>
    public static double VarianceAfter(double start, double h)
    {
        // With sinh² = (cosh 2y − 1)/2 the difference becomes ½ (e^h − 1)(e^h cosh 2y + 1): no cancellation at small h.
        var y = Math.Asinh(start) + h;
        return 0.5 * CancellationFree.Expm1(h) * (Math.Exp(h) * Math.Cosh(2 * y) + 1);
    }
}
