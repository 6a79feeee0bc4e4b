namespace TorchSharp;

public static partial class torch
{
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static long seed() => random.seed();

    public static long initial_seed() => random.initial_seed();

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The generator of the CPU, which every random operation without an explicit one draws from.</summary>
    public static class random
    {
        public static Generator manual_seed(long seed)
        {
            Native.Check(Native.sst_manual_seed(unchecked((ulong)seed)));
            return Generator.Default;
        }

        public static long seed()
        {
            using var generator = Generator.Default;
            long drawn = generator.seed();
            Native.Check(Native.sst_manual_seed(unchecked((ulong)drawn)));
            return drawn;
        }

        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }

    [System.Runtime.InteropServices.Marshalling.NativeMarshalling(typeof(GeneratorMarshaller))]
    public class Generator : IDisposable
    {
        private nint handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            handle = Native.sst_generator(seed, (int)this.device.type, this.device.index);
            if (handle == 0) throw Native.Failure();
        }

        private Generator(nint handle)
        {
            device = CPU;
            this.handle = handle == 0 ? throw Native.Failure() : handle;
        }

        ~Generator() => Dispose(false);

        public static Generator Default => new(Native.sst_default_generator());

        public Device device { get; }

        public IntPtr Handle => handle == 0 ? throw new InvalidOperationException("Generator invalid -- empty handle.") : handle;

        public Generator manual_seed(long seed)
        {
            Native.Check(Native.sst_generator_seed_with(Handle, unchecked((ulong)seed)));
            GC.KeepAlive(this);
            return this;
        }

        public long seed()
        {
            Native.Check(Native.sst_generator_reseed(Handle, out ulong drawn));
            GC.KeepAlive(this);
            return unchecked((long)drawn);
        }

        public long initial_seed()
        {
            Native.Check(Native.sst_generator_initial_seed(Handle, out ulong initial));
            GC.KeepAlive(this);
            return unchecked((long)initial);
        }

        public Tensor get_state()
        {
            var state = Native.sst_generator_state(Handle);
            GC.KeepAlive(this);
            return state;
        }

        public void set_state(Tensor value)
        {
            Native.Check(Native.sst_set_generator_state(Handle, value));
            GC.KeepAlive(this);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            nint old = Interlocked.Exchange(ref handle, 0);
            if (old != 0) Native.sst_free_generator(old);
        }
    }
}
