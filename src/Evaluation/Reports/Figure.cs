using ScoreSde.Evaluation.Pictures;

namespace ScoreSde.Evaluation.Reports;

/// <summary>A picture on a page with what stands below it.</summary>
public sealed record Figure
{
    private Figure(string markup, string caption, int width) => (Markup, Caption, Width) = (markup, caption, width);

    /// <summary>The picture as HTML.</summary>
    public string Markup { get; }

    /// <summary>Caption as HTML; may be empty.</summary>
    public string Caption { get; }

    /// <summary>Width in CSS pixels at which it is shown where there is room.</summary>
    public int Width { get; }

    /// <summary>A still picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="alternative">What it shows, for those who do not see it.</param>
    /// <param name="caption">Caption as HTML.</param>
    /// <param name="scale">CSS pixels for each of its pixels; whole numbers keep pixels sharp.</param>
    public static Figure Of(Raster picture, string alternative, string caption = "", double scale = 1) =>
        Of(PngFile.Encode(picture), picture.Width, picture.Height, alternative, caption, scale);

    /// <summary>A picture that is a PNG file already, for instance an animated one.</summary>
    public static Figure Of(byte[] png, int width, int height, string alternative, string caption = "", double scale = 1)
    {
        var (w, h) = ((int)Math.Round(width * scale), (int)Math.Round(height * scale));
        var markup = $"<img src=\"data:image/png;base64,{Convert.ToBase64String(png)}\" width=\"{w}\" height=\"{h}\" alt=\"{HtmlPage.Escape(alternative)}\">";
        return new Figure(markup, caption, w);
    }

    /// <summary>A drawing in SVG.</summary>
    public static Figure OfSvg(string svg, int width, string caption = "") => new(svg, caption, width);
}
