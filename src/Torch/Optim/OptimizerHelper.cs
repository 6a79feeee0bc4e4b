namespace TorchSharp.Modules;

/// <summary>Groups, state and its storage; the update itself is the subclass's.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    private readonly Dictionary<Parameter, OptimizerState> states = new(ReferenceEqualityComparer.Instance);

    private protected OptimizerHelper()
    {
    }

    public override void add_param_group(ParamGroup param_group)
    {
        Complete(param_group);
        param_group.Parameters = [.. param_group.Parameters];
        foreach (var parameter in param_group.Parameters)
        {
            if (states.ContainsKey(parameter)) throw new ArgumentException("A parameter appears in more than one group, or twice in one.");
            var state = NewState(parameter);
            state.Initialize(param_group.Options);
            states.Add(parameter, state);
        }

        base.add_param_group(param_group);
    }

    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            var indices = new List<int>();
            foreach (var parameter in group.Parameters)
            {
                indices.Add(dictionary.State.Count);
                dictionary.State.Add(states[parameter]);
            }

            dictionary.StateIndexRef.Add(indices);
        }

        return dictionary;
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        if (own.State.Count != state_dict.State.Count || own.Options.Count != state_dict.Options.Count)
        {
            throw new ArgumentException(
                $"A state of {state_dict.State.Count} parameters in {state_dict.Options.Count} groups does not fit an optimizer of "
                + $"{own.State.Count} parameters in {own.Options.Count} groups.");
        }

        for (int i = 0; i < own.Options.Count; i++) own.Options[i].LoadStateDict(state_dict.Options[i]);
        for (int i = 0; i < own.State.Count; i++) own.State[i].LoadStateDict(state_dict.State[i]);
    }

    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    /// <summary>The optimizer's name, the options of each group, then the state of each parameter.</summary>
    public virtual void save_state_dict(BinaryWriter writer)
    {
        var dictionary = state_dict();
        writer.Write(GetType().Name);
        writer.Write(dictionary.Options.Count);
        writer.Write(dictionary.State.Count);
        foreach (var options in dictionary.Options) options.SaveStateDict(writer);
        foreach (var state in dictionary.State) state.SaveStateDict(writer);
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    public virtual void load_state_dict(BinaryReader reader)
    {
        var own = state_dict();
        string kind = reader.ReadString();
        if (kind != GetType().Name) throw new InvalidDataException($"The state is of the optimizer {kind}, not {GetType().Name}.");
        int groups = reader.ReadInt32();
        int parameters = reader.ReadInt32();
        if (groups != own.Options.Count || parameters != own.State.Count)
        {
            throw new InvalidDataException($"A state of {parameters} parameters in {groups} groups does not fit an optimizer of "
                + $"{own.State.Count} parameters in {own.Options.Count} groups.");
        }

        foreach (var options in own.Options) options.LoadStateDict(reader);
        foreach (var state in own.State) state.LoadStateDict(reader);
    }

    public void to(torch.Device device)
    {
        foreach (var state in states.Values) state.to(device);
    }

    /// <summary>Updates every group, after the closure, when there is one, has computed the loss and its gradients.</summary>
    private protected torch.Tensor? Run(Func<torch.Tensor>? closure)
    {
        torch.Tensor? loss = null;
        if (closure is not null)
        {
            using (torch.enable_grad()) loss = closure();
        }

        foreach (var group in _parameter_groups) Update(group);
        return loss;
    }

    private protected void DisposeStates()
    {
        foreach (var state in states.Values) (state as IDisposable)?.Dispose();
        states.Clear();
    }

    private protected abstract void Complete(ParamGroup group);

    private protected abstract OptimizerState NewState(Parameter parameter);

    private protected abstract void Update(ParamGroup group);

    private protected OptimizerState StateOf(Parameter parameter) => states[parameter];
}
