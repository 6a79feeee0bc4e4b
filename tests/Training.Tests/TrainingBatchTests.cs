using ScoreSde.Models.Networks;
using ScoreSde.Sde;
using ScoreSde.Training.Data;

namespace ScoreSde.Training.Tests;

public sealed class TrainingBatchTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public TrainingBatchTests() => Npy.Write(_path, [1, 2, 3], [1, 2, 3, 4, 5, 6]);

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Rows_OfALargerBatch_AreThoseOfSmallerBatches()
    {
        var options = new TrainerOptions { Data = "ring", StratifiedTimes = false, Network = new MlpConfig { Classes = 8 }, LabelDropout = 0.3 };
        var large = Filled(options, PlaneSet.Ring, 8, 1);
        var small = Filled(options, PlaneSet.Ring, 4, 3); // samples 12 … 15, the second half of the large batch
        Assert.Equal(large.Noisy.Skip(8), small.Noisy);
        Assert.Equal(large.Times.Skip(4), small.Times);
        Assert.Equal(large.Labels.Skip(4), small.Labels);
    }

    [Fact]
    public void Row_OfABatch_IsNoisyDataWithItsTarget()
    {
        var process = ProcessCatalogue.Parse("vp-linear");
        var options = new TrainerOptions { Network = new MlpConfig { Output = Parametrisation.Denoised } };
        var denoised = Filled(options, PlaneSet.Ring, 16, 0);
        var noise = Filled(options with { Network = new MlpConfig() }, PlaneSet.Ring, 16, 0);
        for (var row = 0; row < 16; row++)
        {
            var level = process.At(denoised.Times[row]);
            for (var i = 2 * row; i < 2 * row + 2; i++) // float: three roundings of numbers below 6
                Assert.Equal(level.Alpha * denoised.Target[i] + level.Sigma * noise.Target[i], denoised.Noisy[i], 3e-6);
        }
    }

    [Fact]
    public void Times_WhenStratified_HaveOneInEachPart()
    {
        var batch = Filled(new TrainerOptions { MinTime = 0.1 }, PlaneSet.Ring, 50, 3);
        for (var row = 0; row < 50; row++) Assert.Equal(row, (int)Math.Floor((batch.Times[row] - 0.1) / 0.9 * 50));
    }

    [Fact]
    public void Labels_WithDropout_AreTheNullClassAsOftenAsAsked()
    {
        var options = new TrainerOptions { Network = new MlpConfig { Classes = 8 }, LabelDropout = 0.25 };
        var dropped = Filled(options, PlaneSet.Ring, 20_000, 0).Labels.Count(label => label == 8);
        // Binomial, deviation √(20000·¼·¾) = 61.2; 6.2 deviations have probability 5.7e-10.
        Assert.InRange(dropped, 5000 - 6.2 * 61.2, 5000 + 6.2 * 61.2);
        Assert.DoesNotContain(8, Filled(options with { LabelDropout = 0 }, PlaneSet.Ring, 1000, 0).Labels);
    }

    [Fact]
    public void Images_AreMirroredOnlyWhenAsked()
    {
        var data = StoredData.FromNpy(_path);
        var options = new TrainerOptions { Network = new UNetConfig { Output = Parametrisation.Denoised } };
        var plain = Filled(options, data, 64, 0);
        Assert.All(plain.Target.Chunk(6), row => Assert.Equal([1, 2, 3, 4, 5, 6], row));
        var rows = Filled(options with { Flips = true }, data, 64, 0).Target.Chunk(6).ToArray();
        var mirrored = rows.Count(row => row.SequenceEqual([3f, 2f, 1f, 6f, 5f, 4f]));
        Assert.Equal(64 - mirrored, rows.Count(row => row.SequenceEqual([1f, 2f, 3f, 4f, 5f, 6f])));
        Assert.InRange(mirrored, 8, 56); // binomial with deviation 4: six of them, 2e-9
    }

    private static TrainingBatch Filled(TrainerOptions options, ITrainingData data, int size, long step)
    {
        var batch = new TrainingBatch(size, (int)data.Shape.Aggregate(1L, (a, b) => a * b));
        batch.Fill(step, data, ProcessCatalogue.Parse(options.Process), options, new TrainingRandomness(3));
        return batch;
    }
}
