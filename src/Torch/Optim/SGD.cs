namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent with momentum.</summary>
public class SGD : OptimizerHelper
{
    private readonly Options defaults;

    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
    {
        if (lr < 0) throw new ArgumentException($"The learning rate {lr} is negative.");
        if (momentum < 0 || weight_decay < 0)
            throw new ArgumentException($"momentum = {momentum} and weight_decay = {weight_decay} must not be negative.");
        if (nesterov && (momentum == 0 || dampening != 0)) throw new ArgumentException("Nesterov momentum needs momentum and no dampening.");
        defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
            maximize = maximize,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    public override torch.Tensor? step(Func<torch.Tensor>? closure = null) => Run(closure);

    protected override void Dispose(bool disposing)
    {
        if (disposing) DisposeStates();
        base.Dispose(disposing);
    }

    private protected override void Complete(Modules.ParamGroup group)
    {
        if (group.Options is not Options options) group.Options = options = new Options { LearningRate = group.Options.LearningRate };
        options.LearningRate ??= defaults.LearningRate;
        options.InitialLearningRate = options.LearningRate!.Value;
        options.momentum ??= defaults.momentum;
        options.dampening ??= defaults.dampening;
        options.weight_decay ??= defaults.weight_decay;
        options.nesterov ??= defaults.nesterov;
        options.maximize ??= defaults.maximize;
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override unsafe void Update(Modules.ParamGroup group)
    {
        var options = (Options)group.Options;
        var parameters = group.Parameters.ToArray();
        var states = Array.ConvertAll(parameters, parameter => (State)StateOf(parameter));
        bool uses = options.momentum != 0;
        if (uses)
        {
            foreach (var state in states) state.Prepare();
        }

        long[] steps = Array.ConvertAll(states, static state => state.Filled ? 1L : 0L);
        fixed (nint* parameter = Native.Handles(parameters))
        fixed (nint* first = uses ? Native.Handles(states.Select(static state => state.momentum_buffer)) : null)
        fixed (long* step = steps)
        {
            var lists = new Native.OptimizerLists { Parameters = parameter, First = first, Steps = step, Count = parameters.Length };
            Native.Check(Native.sst_sgd_step(&lists, options.LearningRate!.Value, options.momentum!.Value, options.dampening!.Value,
                options.weight_decay!.Value, options.nesterov!.Value, options.maximize!.Value));
        }

        for (int i = 0; i < states.Length; i++) states[i].Filled |= steps[i] > 0;
        GC.KeepAlive(parameters);
        GC.KeepAlive(states);
    }

    public class Options : OptimizerOptions
    {
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(momentum!.Value);
            writer.Write(dampening!.Value);
            writer.Write(weight_decay!.Value);
            writer.Write(nesterov!.Value);
            writer.Write(maximize!.Value);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            momentum = reader.ReadDouble();
            dampening = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            nesterov = reader.ReadBoolean();
            maximize = reader.ReadBoolean();
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            momentum = other.momentum;
            dampening = other.dampening;
            weight_decay = other.weight_decay;
            nesterov = other.nesterov;
            maximize = other.maximize;
        }
    }

    public class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options)
            : base(parameters, options)
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.001, double momentum = 0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            })
        {
        }
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public torch.Tensor? momentum_buffer;

        public State(Parameter parameter)
            : base(parameter)
        {
        }

        /// <summary>Whether the buffer holds a gradient yet: the first one is copied, not averaged.</summary>
        internal bool Filled { get; set; }

        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            momentum_buffer = null;
            Filled = false;
        }

        public override void SaveStateDict(BinaryWriter writer) => StateStream.Write(writer, Filled ? momentum_buffer : null);

        public override void LoadStateDict(BinaryReader reader)
        {
            var read = StateStream.Read(reader, _parameter);
            Dispose();
            momentum_buffer = read;
            Filled = read is not null;
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            Replace(ref momentum_buffer, other.momentum_buffer);
            Filled = other.Filled;
        }

        public override bool ApproximatelyEquals(OptimizerState other) => other is State state && Close(momentum_buffer, state.momentum_buffer);

        public override void to(torch.Device device) => Move(ref momentum_buffer, device);

        public void Dispose() => momentum_buffer?.Dispose();

        internal void Prepare() => momentum_buffer ??= Zeros(_parameter);
    }
}
