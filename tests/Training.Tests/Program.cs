using ScoreSde.Training.Tests;

// dotnet ScoreSde.Training.Tests.dll <folder>: the run of KillTests, with a line for each checkpoint, until it ends or is killed.
KillTests.RunAsProcess(args[0]);
