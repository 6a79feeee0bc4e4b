using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>Walks a solver once on forms and writes down what it asks for: where the model is called, which normals, which combinations.</summary>
/// <remarks>
/// Whatever way a step is written, each model call then costs one combination for its point and one evaluation, and each step one combination
/// at its end; conversions between parametrisations and coefficients of the SDE are multiplied together here, in double. What a solver keeps in
/// its history becomes a value of its own, and is not computed if nobody asks for it again.
/// </remarks>
/// <param name="shares">The numbers a and p of a level with which the model's output is a·answer + p·x, answer being what is asked of it; none: 1 and 0.</param>
internal sealed class TapeRecorder(Func<Level, (double Answer, double Point)>? shares = null)
{
    private readonly List<TapeNote> _notes = [];
    private readonly List<Level> _levels = [];
    private readonly List<NoiseStream> _streams = [];
    private int _values = 1;
    private int _moveBegin;
    private int _move;

    /// <summary>Walks a method bound to <see cref="Model"/> and <see cref="Noise"/> of this recorder.</summary>
    public Tape Record<TMethod>(ref TMethod method) where TMethod : struct, IMethod<TapeForm>
    {
        var history = default(History<TapeForm>);
        var x = new TapeForm(0);
        for (_move = 0; _move < method.Moves; _move++)
        {
            _moveBegin = _notes.Count;
            x = Kept(method.Advance(_move, x, ref history));
            history = Kept(in history);
        }
        var moves = new (double, double)[method.Moves];
        for (var i = 0; i < moves.Length; i++) moves[i] = (method.From(i).Time, method.To(i).Time);
        return TapeSlots.Assign(_notes, x.Values[0], _values, moves, [.. _levels], [.. _streams]);
    }

    /// <summary>A model that notes its calls.</summary>
    public TapeModel Model(Parametrisation output) => new(this, output);

    /// <summary>Independent noise that notes its draws.</summary>
    public IndependentNoise<TapeForm, TapeDraws> Noise(int slots) => new(new TapeDraws(this, NoiseStream.Step), slots);

    private TapeForm Evaluate(TapeForm x, in Level level)
    {
        var point = Kept(x).Values[0];
        _levels.Add(level);
        var answer = Note(TapeOperation.Evaluate, new TapeForm(point), _levels.Count - 1, 0);
        if (shares is null) return answer;
        var (a, p) = shares(level);
        return a * answer + p * new TapeForm(point);
    }

    private TapeForm Draw(NoiseStream stream, uint number)
    {
        var place = _streams.IndexOf(stream);
        if (place < 0)
        {
            place = _streams.Count;
            _streams.Add(stream);
        }
        for (var i = _moveBegin; i < _notes.Count; i++) // asked for again: the same normals
            if (_notes[i] is { Operation: TapeOperation.Draw } note && note.Number == (int)number && note.Place == place) return new TapeForm(note.Value);
        return Note(TapeOperation.Draw, new TapeForm(0), (int)number, place);
    }

    /// <summary>The form as a value.</summary>
    private TapeForm Kept(TapeForm form) =>
        form.Values.Length == 1 && form.Factors[0] == 1 ? form : Note(TapeOperation.Combine, form, 0, 0);

    private History<TapeForm> Kept(in History<TapeForm> history)
    {
        var kept = default(History<TapeForm>);
        for (var i = history.Count - 1; i >= 0; i--)
        {
            var (at, point, output) = history[i];
            kept.Push(new HistoryEntry<TapeForm>(at, Kept(point), Kept(output)));
        }
        return kept;
    }

    private TapeForm Note(TapeOperation operation, TapeForm form, int number, int place)
    {
        _notes.Add(new TapeNote(operation, form, _values, number, place, _move));
        return new TapeForm(_values++);
    }

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

/// <summary>One thing a solver asked for. An evaluation's form is the value it is made at; a draw's is of no use.</summary>
internal readonly record struct TapeNote(TapeOperation Operation, TapeForm Form, int Value, int Number, int Place, int Move);
