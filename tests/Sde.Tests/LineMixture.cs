namespace ScoreSde.Sde.Tests;

/// <summary>Derivatives of log p of a mixture on the line, by power series and so to rounding.</summary>
internal static class LineMixture
{
    /// <summary>The derivatives of order 0, …, <paramref name="order"/> of log p_t at x.</summary>
    public static double[] LogDensityDerivatives(GaussianMixture law, double x, in Level level, int order)
    {
        // p(x + h) = Σ p_n hⁿ: each component e^{−(x+h−m)²/2v} obeys g' = −((x − m) + h)/v g, so (n + 1) g_{n+1} = −((x − m) g_n + g_{n−1})/v.
        var p = new double[order + 1];
        for (var k = 0; k < law.Weights.Length; k++)
        {
            var v = law.Components[k].VarianceAt(0, level);
            var c = x - level.Alpha * law.Means[k][0];
            double before = 0, now = law.Weights[k] * Math.Exp(-0.5 * c * c / v) / Math.Sqrt(2 * Math.PI * v);
            for (var n = 0; n <= order; n++)
            {
                p[n] += now;
                (before, now) = (now, -(c * now + before) / (v * (n + 1)));
            }
        }
        // l = log p: p l' = p', so n l_n p_0 = n p_n − Σ_{0<j<n} j l_j p_{n−j}.
        var l = new double[order + 1];
        l[0] = Math.Log(p[0]);
        for (var n = 1; n <= order; n++)
        {
            var sum = n * p[n];
            for (var j = 1; j < n; j++) sum -= j * l[j] * p[n - j];
            l[n] = sum / (n * p[0]);
        }
        var factorial = 1.0;
        for (var n = 1; n <= order; n++) l[n] *= factorial *= n;
        return l;
    }
}
