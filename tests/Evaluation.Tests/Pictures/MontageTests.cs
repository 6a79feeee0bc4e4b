using ScoreSde.Evaluation.Pictures;

namespace ScoreSde.Evaluation.Tests.Pictures;

public class MontageTests
{
    [Fact]
    public void Image_OfGreys_MapsMinusOneToBlackAndOneToWhite()
    {
        var image = Montage.Image([-1, 1, 0, 2], 1, 2, 2, scale: 3);
        Assert.Equal((6, 6), (image.Width, image.Height));
        Assert.Equal(Colour.Black, image[0, 0]);
        Assert.Equal(Colour.White, image[5, 2]);
        Assert.Equal(128, image[0, 5].Red);
        Assert.Equal(Colour.White, image[5, 5]);
    }

    [Fact]
    public void Image_OfThreeChannels_TakesPlanesInOrder() =>
        Assert.Equal(new Colour(255, 0, 128), Montage.Image([1, -1, 0], 3, 1, 1)[0, 0]);

    [Fact]
    public void Grid_OfFiveImages_FillsRowsAndLeavesGapsClear()
    {
        var pixels = new float[5 * 4];
        for (var k = 0; k < 5; k++) pixels.AsSpan(4 * k, 4).Fill(k / 2f - 1);
        var grid = Montage.Grid(pixels, 1, 2, 2, columns: 3, scale: 2, gap: 1);
        Assert.Equal((3 * 5 - 1, 2 * 5 - 1), (grid.Width, grid.Height));
        Assert.Equal(0, grid[0, 0].Red);
        Assert.Equal(255, grid[6, 0].Alpha);
        Assert.Equal(0, grid[4, 0].Alpha);
        Assert.Equal(Colour.White, grid[5, 5]);
        Assert.Equal(0, grid[10, 5].Alpha);
    }

    [Fact]
    public void Grid_WithCaptions_DrawsInkBelowEachPicture()
    {
        var cell = new Raster(30, 10, Colour.Black);
        var grid = Montage.Grid([cell, cell], 2, 4, Colour.White, ["a=1", "b"]);
        var ink = 0;
        for (var y = 14; y < grid.Height; y++)
            for (var x = 0; x < grid.Width; x++) ink += grid[x, y] == Colour.Black ? 1 : 0;
        Assert.True(ink > 40, $"{ink} dark pixels below the pictures");
        Assert.Throws<ArgumentException>(() => Montage.Grid([cell, cell], captions: ["one"]));
    }

    [Fact]
    public void Image_OfAnotherSize_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Montage.Image(new float[5], 1, 2, 2));
        Assert.Throws<ArgumentException>(() => Montage.Image(new float[8], 2, 2, 2));
        Assert.Throws<ArgumentException>(() => Montage.Grid(new float[5], 1, 2, 2));
    }
}
