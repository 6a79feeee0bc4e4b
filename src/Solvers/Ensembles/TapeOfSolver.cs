using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using static ScoreSde.Solvers.Ensembles.TapeRecorder;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>Meets the solver with its types known, and records its run over a walk for a model that answers in some parametrisation.</summary>
internal struct TapeOfSolver(
    SolverCard card, Walk walk, Sde.Parametrisation output, double? eta, ModelShares? shares) : IDiffusionVisitor, IGeneralVisitor
{
    public Tape? Tape { get; private set; }

    /// <summary>The tape of any solver of the catalogue; general ones are for the reverse process at η, by default 1 for stochastic ones and 0 for others.</summary>
    /// <exception cref="ArgumentException">The pairing is impossible; the message says what was given and what is supported.</exception>
    public static Tape Record(
        ISolver solver, Walk walk, Sde.Parametrisation output, double? eta = null, ModelShares? shares = null)
    {
        var visit = new TapeOfSolver(solver.Card, walk, output, eta, shares);
        switch (solver)
        {
            case IDiffusionSolver diffusion:
                diffusion.Accept(ref visit);
                break;
            case IGeneralSolver general:
                general.Accept(ref visit);
                break;
            default:
                throw new ArgumentException($"{solver.Card.Name} is neither a diffusion solver nor a general one");
        }
        return visit.Tape!;
    }

    void IDiffusionVisitor.Visit<TSolver, TPlan>(TSolver solver)
    {
        using var recorder = new TapeRecorder(shares);
        var method = new BoundDiffusion<TapeForm, TSolver, TPlan, TapeModel, IndependentNoise<TapeForm, TapeDraws>>(
            solver, new PlannedWalk<TPlan>(walk, solver.Plan, card), recorder.Model(output), recorder.Noise(Slots));
        Record(recorder, method);
    }

    void IGeneralVisitor.Visit<TSolver, TPlan>(TSolver solver)
    {
        using var recorder = new TapeRecorder(shares);
        var reverse = new ReverseProcess<TapeForm, TapeModel>(Sampler.Diffusion(walk), recorder.Model(output), eta ?? (card.NoiseSlots > 0 ? 1 : 0));
        Pairing.Check<TapeForm, TapeForm, ReverseProcess<TapeForm, TapeModel>, IndependentNoise<TapeForm, TapeDraws>>(solver, reverse);
        Pairing.CheckFinite(solver, walk);
        var method = new BoundGeneral<TapeForm, TapeForm, TSolver, TPlan, ReverseProcess<TapeForm, TapeModel>, IndependentNoise<TapeForm, TapeDraws>>(
            solver, Sampler.PlanGeneral<TPlan>(walk, solver.Plan), reverse, recorder.Noise(Slots));
        Record(recorder, method);
    }

    private readonly int Slots => Math.Max(1, card.NoiseSlots);

    private void Record<TMethod>(TapeRecorder recorder, TMethod method) where TMethod : struct, IMethod<TapeForm>
    {
        if (walk.Terminal is not Terminal.Blend end)
        {
            Tape = recorder.Record(ref method);
            return;
        }
        var finished = new Finished<TapeForm, TMethod, TapeModel, IndependentNoise<TapeForm, TapeDraws>>(method, walk, end, recorder.Model(output), recorder.Noise(Slots));
        Tape = recorder.Record(ref finished);
    }
}
