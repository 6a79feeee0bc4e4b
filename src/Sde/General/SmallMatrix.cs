namespace ScoreSde.Sde.General;

/// <summary>Products, exponential and linear equations of matrices of a few rows, row by row.</summary>
internal static class SmallMatrix
{
    public static double[,] Multiply(double[,] a, double[,] b)
    {
        var (rows, inner, columns) = (a.GetLength(0), a.GetLength(1), b.GetLength(1));
        var product = new double[rows, columns];
        for (var i = 0; i < rows; i++)
            for (var k = 0; k < inner; k++)
                for (var j = 0; j < columns; j++) product[i, j] += a[i, k] * b[k, j];
        return product;
    }

    public static double[,] Transpose(double[,] a)
    {
        var transpose = new double[a.GetLength(1), a.GetLength(0)];
        for (var i = 0; i < a.GetLength(0); i++)
            for (var j = 0; j < a.GetLength(1); j++) transpose[j, i] = a[i, j];
        return transpose;
    }

    /// <summary>e^a by scaling to norm ≤ ½, eighteen Taylor terms (remainder 0.5^19/19! &lt; 2e-23) and squaring.</summary>
    public static double[,] Exponential(double[,] a)
    {
        var n = a.GetLength(0);
        var norm = 0.0;
        for (var i = 0; i < n; i++)
        {
            var row = 0.0;
            for (var j = 0; j < n; j++) row += Math.Abs(a[i, j]);
            norm = Math.Max(norm, row);
        }
        if (!double.IsFinite(norm)) throw new ArgumentException("a matrix exponential needs finite entries", nameof(a));
        var squarings = norm > 0.5 ? (int)Math.Ceiling(Math.Log2(norm / 0.5)) : 0;
        var scale = Math.ScaleB(1, -squarings);
        var sum = new double[n, n];
        var term = new double[n, n];
        for (var i = 0; i < n; i++) sum[i, i] = term[i, i] = 1;
        for (var k = 1; k <= 18; k++)
        {
            term = Multiply(term, a);
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++) sum[i, j] += term[i, j] *= scale / k;
        }
        for (var s = 0; s < squarings; s++) sum = Multiply(sum, sum);
        return sum;
    }

    /// <summary>Gaussian elimination with row pivoting; the matrix and the right side are used up.</summary>
    public static double[] Solve(double[,] a, double[] b)
    {
        var n = b.Length;
        for (var column = 0; column < n; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < n; row++)
                if (Math.Abs(a[row, column]) > Math.Abs(a[pivot, column])) pivot = row;
            if (a[pivot, column] == 0) throw new InvalidOperationException("the equations have no unique solution: the process has no stationary law");
            for (var j = 0; j < n; j++) (a[column, j], a[pivot, j]) = (a[pivot, j], a[column, j]);
            (b[column], b[pivot]) = (b[pivot], b[column]);
            for (var row = column + 1; row < n; row++)
            {
                var factor = a[row, column] / a[column, column];
                for (var j = column; j < n; j++) a[row, j] -= factor * a[column, j];
                b[row] -= factor * b[column];
            }
        }
        for (var row = n - 1; row >= 0; row--)
        {
            for (var j = row + 1; j < n; j++) b[row] -= a[row, j] * b[j];
            b[row] /= a[row, row];
        }
        return b;
    }
}
