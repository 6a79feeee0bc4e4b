using ScoreSde.Solvers.States;
using ScoreSde.Tests.Support;

namespace ScoreSde.Solvers.Tests.States;

public class StateTests
{
    [Fact]
    public void LinearForm_UnderArithmetic_EqualsArithmeticOnItsValue()
    {
        Property.Check("a program of + − × on forms is the program on numbers", draws =>
        {
            var start = draws.Symmetric("start", 2);
            var normals = draws.Vector("normals", 3, 2);
            List<(LinearForm Form, Scalar Value)> pool =
            [
                (LinearForm.Identity, start), (LinearForm.OfConstant(1.5), 1.5),
                (LinearForm.OfNoise(0), normals[0]), (LinearForm.OfNoise(1), normals[1]), (LinearForm.OfNoise(2), normals[2]),
            ];
            var operations = draws.Whole("operations", 1, 12);
            for (var i = 0; i < operations; i++)
            {
                var a = pool[draws.Whole("a", 0, pool.Count - 1)];
                var b = pool[draws.Whole("b", 0, pool.Count - 1)];
                var c = draws.Symmetric("c", 1.5);
                pool.Add(draws.Whole("kind", 0, 2) switch
                {
                    0 => (a.Form + b.Form, a.Value + b.Value),
                    1 => (a.Form - b.Form, a.Value - b.Value),
                    _ => (c * a.Form, c * a.Value),
                });
            }
            var (form, value) = pool[^1];
            var evaluated = form.Start * start + form.Constant;
            for (var i = 0; i < form.Noise.Length; i++) evaluated += form.Noise[i] * normals[i];
            Near.Scaled(value.Value, evaluated, 1 + Math.Abs(value.Value), Tolerances.SameFormula.Times(10), "value");
        }, 401);
    }

    [Fact]
    public void LinearForm_MomentsOfAKnownForm_AreExact()
    {
        var form = 2 * LinearForm.Identity + 3 * LinearForm.OfNoise(0) - 4 * LinearForm.OfNoise(2) + LinearForm.OfConstant(5);
        Assert.Equal(2 * 7 + 5, form.Mean(7));
        Assert.Equal(4 * 0.5 + 9 + 16, form.Variance(0.5));
        Assert.Equal([3, 0, -4], form.Noise.ToArray());
    }

    [Fact]
    public void Pair_IsArithmeticOnBothParts()
    {
        var p = 2 * (new Pair<Scalar, Scalar>(1, 2) + new Pair<Scalar, Scalar>(3, 5)) - new Pair<Scalar, Scalar>(1, 1);
        Assert.Equal(new Pair<Scalar, Scalar>(7, 13), p);
        Assert.Equal(0, Pair<Scalar, Scalar>.FirstNonFinite(new Pair<Scalar, Scalar>(1, double.NaN)));
    }

    [Fact]
    public void Scalar_ErrorNorm_IsTheScaledSquare()
    {
        Assert.Equal(4, Scalar.ScaledSquare(0.2, -3, 5, 0.05, 0.01), 12); // 0.2/(0.05 + 0.01·5) = 2
        Assert.Equal(new Scalar(1), Scalar.Where(1, 1, 2));
        Assert.Equal(new Scalar(2), Scalar.Where(0, 1, 2));
    }
}
