using ScoreSde.Sde;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.Integration;

/// <summary>The up-move of a walk: the exact forward kernel q(x_t | x_s) with fresh noise.</summary>
internal static class Renoising
{
    public static T Apply<T, TNoise>(in Level from, in Level to, in Interval interval, T x, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TNoise : struct, INoise<T>
    {
        history.Restart();
        var kernel = GaussianKernel.Between(from, to);
        return kernel.Scale * x + kernel.Deviation * noise.Increment(interval, 0);
    }
}
