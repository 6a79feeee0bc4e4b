using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>A solver that sees drift and diffusion only: any SDE or ODE, the reverse process too.</summary>
public interface IGeneralSolver : ISolver
{
    /// <summary>Calls the visitor with the solver's own types, so that the loop is compiled for them.</summary>
    void Accept<TVisitor>(ref TVisitor visitor) where TVisitor : IGeneralVisitor, allows ref struct;
}

/// <summary>Receives a general solver with its types known.</summary>
public interface IGeneralVisitor
{
    /// <summary>The visit.</summary>
    void Visit<TSolver, TPlan>(TSolver solver) where TSolver : struct, IGeneralSolver<TSolver, TPlan> where TPlan : struct;
}

/// <summary>A general solver as a readonly record struct. It holds no run state.</summary>
/// <typeparam name="TSelf">The solver itself.</typeparam>
/// <typeparam name="TPlan">What it computes once a grid for one step: step size, stage levels.</typeparam>
public interface IGeneralSolver<TSelf, TPlan> : IGeneralSolver
    where TSelf : struct, IGeneralSolver<TSelf, TPlan> where TPlan : struct
{
    /// <summary>What one step needs of time.</summary>
    /// <exception cref="ArgumentException">The solver cannot take this step; the message says why.</exception>
    TPlan Plan(in StepWindow window);

    /// <summary>One step: the state at the transition's end.</summary>
    T Step<T, W, TSde, TNoise>(in Transition<TPlan> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W>;

    void IGeneralSolver.Accept<TVisitor>(ref TVisitor visitor) => visitor.Visit<TSelf, TPlan>((TSelf)this);
}
