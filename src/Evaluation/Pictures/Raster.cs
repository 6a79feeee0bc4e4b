namespace ScoreSde.Evaluation.Pictures;

/// <summary>A picture in memory: rows from the top, four bytes a pixel (red, green, blue, opacity). Shapes are drawn with smooth edges.</summary>
public sealed class Raster
{
    /// <summary>A picture of one colour.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not 1 to 16384 pixels.</exception>
    public Raster(int width, int height, Colour background)
    {
        if (width is < 1 or > 16384) throw new ArgumentOutOfRangeException(nameof(width), width, "a picture is 1 to 16384 pixels wide");
        if (height is < 1 or > 16384) throw new ArgumentOutOfRangeException(nameof(height), height, "a picture is 1 to 16384 pixels high");
        (Width, Height, Bytes) = (width, height, new byte[4 * width * height]);
        Fill(0, 0, width, height, background);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The pixels.</summary>
    public byte[] Bytes { get; }

    /// <summary>A pixel.</summary>
    public Colour this[int x, int y]
    {
        get
        {
            var at = 4 * (y * Width + x);
            return new Colour(Bytes[at], Bytes[at + 1], Bytes[at + 2], Bytes[at + 3]);
        }
        set
        {
            var at = 4 * (y * Width + x);
            (Bytes[at], Bytes[at + 1], Bytes[at + 2], Bytes[at + 3]) = (value.Red, value.Green, value.Blue, value.Alpha);
        }
    }

    /// <summary>Replaces a rectangle; what lies outside is left out.</summary>
    public void Fill(int left, int top, int width, int height, Colour colour)
    {
        for (var y = Math.Max(0, top); y < Math.Min(Height, top + height); y++)
            for (var x = Math.Max(0, left); x < Math.Min(Width, left + width); x++) this[x, y] = colour;
    }

    /// <summary>Lays a colour over a pixel with a share of its opacity; pixels outside are ignored.</summary>
    public void Blend(int x, int y, Colour colour, double share = 1)
    {
        if ((uint)x >= (uint)Width || (uint)y >= (uint)Height) return;
        var under = this[x, y];
        var a = share * colour.Alpha / 255;
        var below = under.Alpha / 255.0 * (1 - a);
        var alpha = a + below;
        if (alpha <= 0) return;
        this[x, y] = new Colour(Mix(colour.Red, under.Red), Mix(colour.Green, under.Green), Mix(colour.Blue, under.Blue), (byte)Math.Round(255 * alpha));

        byte Mix(byte over, byte beneath) => (byte)Math.Round((a * over + below * beneath) / alpha);
    }

    /// <summary>A disc; pixel (i, j) covers [i, i+1] × [j, j+1].</summary>
    public void Disc(double x, double y, double radius, Colour colour)
    {
        for (var j = (int)Math.Floor(y - radius - 1); j <= (int)Math.Ceiling(y + radius + 1); j++)
            for (var i = (int)Math.Floor(x - radius - 1); i <= (int)Math.Ceiling(x + radius + 1); i++)
            {
                double dx = i + 0.5 - x, dy = j + 0.5 - y;
                var share = Math.Clamp(radius + 0.5 - Math.Sqrt(dx * dx + dy * dy), 0, 1);
                if (share > 0) Blend(i, j, colour, share);
            }
    }

    /// <summary>A straight line with round ends.</summary>
    public void Line(double x0, double y0, double x1, double y1, double width, Colour colour)
    {
        double reach = width / 2 + 1, dx = x1 - x0, dy = y1 - y0, length = dx * dx + dy * dy;
        if (!double.IsFinite(length)) return;
        int top = Math.Max(0, (int)(Math.Min(y0, y1) - reach)), bottom = Math.Min(Height - 1, (int)(Math.Max(y0, y1) + reach));
        int left = Math.Max(0, (int)(Math.Min(x0, x1) - reach)), right = Math.Min(Width - 1, (int)(Math.Max(x0, x1) + reach));
        for (var j = top; j <= bottom; j++)
            for (var i = left; i <= right; i++)
            {
                double px = i + 0.5 - x0, py = j + 0.5 - y0;
                var along = length > 0 ? Math.Clamp((px * dx + py * dy) / length, 0, 1) : 0;
                double ex = px - along * dx, ey = py - along * dy;
                var share = Math.Clamp(width / 2 + 0.5 - Math.Sqrt(ex * ex + ey * ey), 0, 1);
                if (share > 0) Blend(i, j, colour, share);
            }
    }

    /// <summary>Lays a picture over this one.</summary>
    public void Draw(Raster picture, int left, int top)
    {
        for (var y = 0; y < picture.Height; y++)
            for (var x = 0; x < picture.Width; x++) Blend(left + x, top + y, picture[x, y]);
    }

    /// <summary>Text in the built-in 5 × 7 letters, each 6·scale pixels wide and 7·scale high.</summary>
    public void Text(string text, int left, int top, Colour colour, int scale = 1)
    {
        for (var c = 0; c < text.Length; c++)
            for (var row = 0; row < Glyphs.Rows; row++)
                for (var column = 0; column < Glyphs.Columns; column++)
                    if (Glyphs.IsSet(text[c], column, row))
                        for (var k = 0; k < scale * scale; k++)
                            Blend(left + (c * (Glyphs.Columns + 1) + column) * scale + k % scale, top + row * scale + k / scale, colour);
    }

    /// <summary>How many pixels <see cref="Text"/> takes in width.</summary>
    public static int WidthOf(string text, int scale = 1) => Math.Max(0, text.Length * (Glyphs.Columns + 1) - 1) * scale;
}
