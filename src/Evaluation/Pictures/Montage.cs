namespace ScoreSde.Evaluation.Pictures;

/// <summary>Small images side by side. Pixels are given from −1 (black) to 1 (white), as networks see them.</summary>
public static class Montage
{
    /// <summary>One image: channels × height × width numbers; one channel is grey, three are red, green, blue.</summary>
    /// <param name="pixels">Channel after channel, rows from the top.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="scale">Each pixel becomes scale × scale pixels.</param>
    /// <exception cref="ArgumentException">Another number of channels or numbers.</exception>
    public static Raster Image(ReadOnlySpan<float> pixels, int channels, int height, int width, int scale = 1)
    {
        if (channels is not (1 or 3)) throw new ArgumentException($"an image has 1 or 3 channels; given {channels}", nameof(channels));
        if (pixels.Length != channels * height * width)
            throw new ArgumentException($"an image of {channels} × {height} × {width} has {channels * height * width} numbers; given {pixels.Length}", nameof(pixels));
        var raster = new Raster(width * scale, height * scale, Colour.Black);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var at = y * width + x;
                var red = Colour.Grey(0.5 + 0.5 * pixels[at]).Red;
                var colour = channels == 1 ? new Colour(red, red, red)
                    : new Colour(red, Colour.Grey(0.5 + 0.5 * pixels[at + height * width]).Red, Colour.Grey(0.5 + 0.5 * pixels[at + 2 * height * width]).Red);
                raster.Fill(x * scale, y * scale, scale, scale, colour);
            }
        return raster;
    }

    /// <summary>A batch [count, channels, height, width] as a grid filled row by row, with clear gaps.</summary>
    /// <param name="pixels">All numbers, image after image.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <param name="columns">Images in a row; 0 makes the grid about square.</param>
    /// <param name="scale">Each pixel becomes scale × scale pixels.</param>
    /// <param name="gap">Pixels between images.</param>
    public static Raster Grid(ReadOnlySpan<float> pixels, int channels, int height, int width, int columns = 0, int scale = 2, int gap = 4)
    {
        var size = channels * height * width;
        if (pixels.IsEmpty || pixels.Length % size != 0)
            throw new ArgumentException($"a batch of {channels} × {height} × {width} images has a multiple of {size} numbers; given {pixels.Length}", nameof(pixels));
        var images = new Raster[pixels.Length / size];
        for (var k = 0; k < images.Length; k++) images[k] = Image(pixels.Slice(k * size, size), channels, height, width, scale);
        return Grid(images, columns, gap);
    }

    /// <summary>Pictures as a grid filled row by row; cells have the size of the largest.</summary>
    /// <param name="pictures">At least one.</param>
    /// <param name="columns">Pictures in a row; 0 makes the grid about square.</param>
    /// <param name="gap">Pixels between them.</param>
    /// <param name="background">What shows between; nothing (clear) by default.</param>
    /// <param name="captions">Text below each, or none.</param>
    public static Raster Grid(IReadOnlyList<Raster> pictures, int columns = 0, int gap = 4, Colour background = default, IReadOnlyList<string>? captions = null)
    {
        if (pictures.Count == 0) throw new ArgumentException("a grid has at least one picture", nameof(pictures));
        if (captions is not null && captions.Count != pictures.Count)
            throw new ArgumentException($"there is one caption for each of {pictures.Count} pictures; given {captions.Count}", nameof(captions));
        if (columns <= 0) columns = (int)Math.Ceiling(Math.Sqrt(pictures.Count));
        columns = Math.Min(columns, pictures.Count);
        var rows = (pictures.Count + columns - 1) / columns;
        int cellWidth = pictures.Max(p => p.Width), cellHeight = pictures.Max(p => p.Height), letters = 1, caption = 0;
        if (captions is not null)
        {
            letters = captions.All(c => Raster.WidthOf(c, 2) <= cellWidth) ? 2 : 1;
            cellWidth = Math.Max(cellWidth, captions.Max(c => Raster.WidthOf(c, letters)));
            caption = (Glyphs.Rows + 4) * letters;
        }
        var margin = captions is null ? 0 : gap;
        var grid = new Raster(
            columns * (cellWidth + gap) - gap + 2 * margin, rows * (cellHeight + caption + gap) - gap + 2 * margin, background);
        var ink = background.Alpha > 127 && background.Red + background.Green + background.Blue < 384 ? Colour.White : Colour.Black;
        for (var k = 0; k < pictures.Count; k++)
        {
            int left = margin + k % columns * (cellWidth + gap), top = margin + k / columns * (cellHeight + caption + gap);
            grid.Draw(pictures[k], left + (cellWidth - pictures[k].Width) / 2, top);
            if (captions is not null)
                grid.Text(captions[k], left + (cellWidth - Raster.WidthOf(captions[k], letters)) / 2, top + cellHeight + 2 * letters, ink, letters);
        }
        return grid;
    }
}
