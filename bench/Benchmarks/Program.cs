using ScoreSde.Benchmarks;

if (args is ["em-ring", .. var rest]) return LanesEmRing.Run(rest);
BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
