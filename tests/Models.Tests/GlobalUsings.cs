global using ScoreSde.Models.States;
global using ScoreSde.Sde;
global using ScoreSde.Solvers;
global using ScoreSde.Solvers.Grids;
global using ScoreSde.Solvers.Integration;
global using ScoreSde.Solvers.Noise;
global using ScoreSde.Solvers.Scores;
global using ScoreSde.Tests.Support;
global using static TorchSharp.torch;
