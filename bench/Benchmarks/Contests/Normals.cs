using System.Runtime.CompilerServices;
using ScoreSde.Benchmarks.Running;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Benchmarks.Contests;

/// <summary>Normals into memory: of an image's dimension on one core and on all, and of points of the plane.</summary>
internal sealed class Normals : IContestFamily
{
    public IEnumerable<IContest> Contests =>
    [
        new Contest("normals", 784, 1, 90),
        new Contest("normals-plane", 2, 1, 91),
        new Contest("normals-cores", 784, Environment.ProcessorCount, 92),
    ];

    private sealed unsafe class Contest(string name, int dimension, int threads, int place) : IContest
    {
        private readonly float[] memory = GC.AllocateArray<float>((1 << 20) / dimension * dimension, pinned: true);
        private uint draw;

        public string Name => name;

        public string Title => FormattableString.Invariant($"a million standard normals into memory, {dimension} a sample, {threads} thread{(threads == 1 ? "" : "s at most")}");

        public double Bar => 3;

        public string Unit => "a normal";

        public double Units => memory.Length;

        public string Peer => FormattableString.Invariant($"normals.py {memory.Length} {threads}");

        public int Repeats => 40;

        public int Place => place;

        public Limit? Limit => Limits.Normals(threads);

        public string? Check
        {
            get
            {
                double sum = 0, squares = 0;
                foreach (var z in memory) (sum, squares) = (sum + z, squares + (double)z * z);
                return FormattableString.Invariant($"variance {squares / memory.Length - sum * sum / memory.Length / memory.Length:f4}");
            }
        }

        public void Ours()
        {
            if (threads == 1) NormalNoise.Fill(memory, 1, NoiseStream.Step, draw++, 0, dimension);
            else NormalNoise.FillParallel((float*)Unsafe.AsPointer(ref memory[0]), memory.Length / dimension, 1, NoiseStream.Step, draw++, 0, dimension);
        }
    }
}
