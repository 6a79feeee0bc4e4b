global using ScoreSde.Solvers.States;
