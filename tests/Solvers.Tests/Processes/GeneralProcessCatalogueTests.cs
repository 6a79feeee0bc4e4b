using ScoreSde.Sde.General;
using ScoreSde.Solvers.Processes;
using ScoreSde.Solvers.States;

namespace ScoreSde.Solvers.Tests.Processes;

public class GeneralProcessCatalogueTests
{
    [Fact]
    public void Cards_OfTheAssembly_AreAllProcesses() =>
        Assert.Equal(["bm", "double-well", "gbm", "ink", "ou", "rotor", "sinh"], GeneralProcessCatalogue.Cards().Select(c => c.Name));

    [Fact]
    public void Parse_EveryName_GivesAProcessWhoseMomentsStartAtItsStart()
    {
        foreach (var card in GeneralProcessCatalogue.Cards())
        {
            var process = GeneralProcessCatalogue.Parse(card.Name);
            Assert.True(process.Timeline.End > process.Timeline.Start, card.Name);
            var visitor = new StartVisitor();
            process.Accept(ref visitor);
            Assert.Equal(process.Dimension, visitor.StateDimension);
            Assert.Equal(process.NoiseDimension, visitor.NoiseDimension);
            if (process.MomentsAt is not { } moments) continue;
            Assert.Equal(process.Dimension, moments(0).Mean.Length);
            foreach (var variance in moments(0).Covariance) Assert.Equal(0, variance, 1e-14);
            Assert.True(moments(process.Timeline.End).Covariance[0, 0] > 0, card.Name);
        }
    }

    [Theory]
    [InlineData("ou:rate=3,mean=1,volatility=0.5")]
    [InlineData("OU:3,1,0.5")]
    [InlineData("ou:3, Volatility=0.5, mean=1")]
    public void Parse_NumbersByNameOrInOrder_AreTheSameProcess(string text)
    {
        var process = Assert.IsType<GeneralProcess<Scalar, Scalar, OrnsteinUhlenbeck<Scalar>>>(GeneralProcessCatalogue.Parse(text));
        Assert.Equal(new OrnsteinUhlenbeck<Scalar>(3, 1, 0.5, new TimeRange(0, 2)), process.Sde);
    }

    [Theory]
    [InlineData("oo", "bm, double-well, gbm, ink, ou, rotor, sinh")]
    [InlineData("ou:speed=1", "rate (default 1)")]
    [InlineData("ou:rate=1,2", "comes after one that has")]
    [InlineData("ou:1,rate=2", "given twice")]
    [InlineData("ou:rate=fast", "not a finite number")]
    [InlineData("bm:1,2,3,4", "no parameter")]
    public void Parse_WhatThereIsNot_SaysWhatThereIs(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => GeneralProcessCatalogue.Parse(text)).Message, StringComparison.Ordinal);

    private struct StartVisitor : IGeneralProcessVisitor
    {
        public int StateDimension { get; private set; }

        public int NoiseDimension { get; private set; }

        public void Visit<T, W, TSde>(TSde sde, T start)
            where T : struct, IState<T, double> where W : struct, IState<W, double> where TSde : struct, IGeneralSde<T, W>
        {
            StateDimension = T.Dimension(sde.Drift(start, sde.At(sde.Start)));
            NoiseDimension = W.Dimension(default);
        }
    }
}
