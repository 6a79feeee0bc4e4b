using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>The numbers a and p of a level with which a model's output is a·answer + p·x, answer being what is asked of it.</summary>
internal delegate (double Answer, double Point) ModelShares(in Level level);

/// <summary>Walks a solver once on forms and writes down what it asks for: where the model is called, which normals, which combinations.</summary>
/// <remarks>
/// Whatever way a step is written, each model call then costs one combination for its point and one evaluation, and each step one combination
/// at its end; conversions between parametrisations and coefficients of the SDE are multiplied together here, in double. What a solver keeps in
/// its history becomes a value of its own, and is not computed if nobody asks for it again.
/// </remarks>
/// <param name="shares">How the model's output follows from what is asked of it; none: it is that.</param>
internal sealed class TapeRecorder(ModelShares? shares = null) : IDisposable
{
    private readonly RentedList<TapeTerm> _forms = new(); // of the move that is walked
    private readonly RentedList<TapeStep> _steps = new();
    private readonly RentedList<float> _factors = new();
    private readonly RentedList<int> _terms = new();
    private readonly RentedList<Level> _levels = new();
    private readonly List<NoiseStream> _streams = [];
    private int _values = 1;
    private int _moveBegin;

    /// <summary>Walks a method bound to <see cref="Model"/> and <see cref="Noise"/> of this recorder.</summary>
    public Tape Record<TMethod>(ref TMethod method) where TMethod : struct, IMethod<TapeForm>
    {
        var history = default(History<TapeForm>);
        var x = Value(0);
        var moves = GC.AllocateUninitializedArray<TapeMove>(method.Moves);
        for (var move = 0; move < moves.Length; move++)
        {
            _moveBegin = _steps.Count;
            moves[move] = new(_moveBegin, method.From(move).Time, method.To(move).Time);
            x = Kept(method.Advance(move, x, ref history));
            Keep(ref history);
            _forms.Clear();
        }
        return TapeSlots.Assign(_steps, _terms, _factors, x.Value, _values, moves, _levels, _streams);
    }

    /// <summary>A model that notes its calls.</summary>
    public TapeModel Model(Parametrisation output) => new(this, output);

    /// <summary>Independent noise that notes its draws.</summary>
    public IndependentNoise<TapeForm, TapeDraws> Noise(int slots) => new(new TapeDraws(this, NoiseStream.Step), slots);

    /// <summary>Gives the memory of the recording back.</summary>
    public void Dispose()
    {
        _forms.Dispose();
        _steps.Dispose();
        _factors.Dispose();
        _terms.Dispose();
        _levels.Dispose();
    }

    private TapeForm Evaluate(TapeForm x, in Level level)
    {
        var point = Kept(x);
        _levels.Add(level);
        var answer = Note(TapeOperation.Evaluate, point.Value, _levels.Count - 1);
        if (shares is null) return answer;
        var (a, p) = shares(in level);
        return a * answer + p * point;
    }

    private TapeForm Draw(NoiseStream stream, uint number)
    {
        var place = 0;
        while (place < _streams.Count && _streams[place] != stream) place++;
        if (place == _streams.Count) _streams.Add(stream);
        foreach (ref readonly var step in _steps.Items[_moveBegin..]) // asked for again: the same normals
            if (step.Operation == TapeOperation.Draw && step.Number == (int)number && step.First == place) return Value(step.Target);
        return Note(TapeOperation.Draw, place, (int)number);
    }

    /// <summary>The form as a value.</summary>
    private TapeForm Kept(TapeForm form)
    {
        var value = form.Value;
        if (value >= 0) return Value(value);
        var terms = form.Terms;
        ref var values = ref _terms.Room(terms.Length);
        ref var factors = ref _factors.Room(terms.Length);
        for (var i = 0; i < terms.Length; i++) (Unsafe.Add(ref values, i), Unsafe.Add(ref factors, i)) = (terms[i].Value, (float)terms[i].Factor);
        _factors.Take(terms.Length);
        return Note(TapeOperation.Combine, _terms.Take(terms.Length), terms.Length);
    }

    private void Keep(ref History<TapeForm> history)
    {
        for (var i = history.Count - 1; i >= 0; i--)
        {
            ref var entry = ref history.At(i);
            if (!entry.Base.IsValue || !entry.Output.IsValue) entry = entry with { Base = Kept(entry.Base), Output = Kept(entry.Output) };
        }
    }

    private TapeForm Note(TapeOperation operation, int first, int number)
    {
        _steps.Add(new TapeStep(operation, _values, first, number));
        return Value(_values++);
    }

    private TapeForm Value(int value) => new(_forms, value);

    internal readonly struct TapeModel(TapeRecorder recorder, Parametrisation output) : IScore<TapeForm>
    {
        public Parametrisation Output => output;

        public TapeForm Evaluate(TapeForm x, in Level level) => recorder.Evaluate(x, level);
    }

    internal readonly struct TapeDraws(TapeRecorder recorder, NoiseStream stream) : IDraws<TapeForm, TapeDraws>
    {
        public TapeForm Normal(uint draw) => recorder.Draw(stream, draw);

        public TapeDraws On(NoiseStream other) => new(recorder, other);
    }
}
