using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>A solver that sees levels and a score: the family made for the reverse of α x_0 + σ ε.</summary>
public interface IDiffusionSolver : ISolver
{
    /// <summary>Calls the visitor with the solver's own types, so that the loop is compiled for them.</summary>
    void Accept<TVisitor>(ref TVisitor visitor) where TVisitor : IDiffusionVisitor, allows ref struct;
}

/// <summary>Receives a diffusion solver with its types known.</summary>
public interface IDiffusionVisitor
{
    /// <summary>The visit.</summary>
    void Visit<TSolver, TPlan>(TSolver solver) where TSolver : struct, IDiffusionSolver<TSolver, TPlan> where TPlan : struct;
}

/// <summary>
/// A diffusion solver as a readonly record struct: coefficients planned once a grid from its levels, and a step that is arithmetic on states.
/// It holds no run state.
/// </summary>
/// <typeparam name="TSelf">The solver itself.</typeparam>
/// <typeparam name="TPlan">Its coefficients for one step.</typeparam>
public interface IDiffusionSolver<TSelf, TPlan> : IDiffusionSolver
    where TSelf : struct, IDiffusionSolver<TSelf, TPlan> where TPlan : struct
{
    /// <summary>The coefficients of one step, in double, from the grid's levels.</summary>
    /// <exception cref="ArgumentException">The solver cannot take this step; the message says why.</exception>
    TPlan Plan(in StepWindow window);

    /// <summary>One step: the state at the transition's end.</summary>
    T Step<T, TModel, TNoise>(in Transition<TPlan> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>;

    void IDiffusionSolver.Accept<TVisitor>(ref TVisitor visitor) => visitor.Visit<TSelf, TPlan>((TSelf)this);
}
