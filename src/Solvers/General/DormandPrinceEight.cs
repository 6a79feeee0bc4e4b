using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>The Prince–Dormand pair of order 8(7) with thirteen stages in time: dopri8 of several libraries.</summary>
/// <remarks>
/// Prince and Dormand, High order embedded Runge–Kutta formulae, J. Comput. Appl. Math. 7 (1981), RK8(7)13M, in the rational approximations of the paper:
/// all 200 conditions of order 8 hold to rounding. Thirteen evaluations a step. Dense output: a quartic through a middle value of order 5, less accurate than
/// the steps; stop points land exactly. Confused with DOP853, another pair of order 8.
/// </remarks>
public readonly record struct DormandPrinceEight : IGeneralSolver<DormandPrinceEight, StagePlan<StageLevels.Twelve>>, IEmbeddedPair
{
    private static readonly ButcherTableau Entries = new(
        "dormand-prince-8",
        [
            0, 1.0 / 18, 1.0 / 12, 0.125, 0.3125, 0.375, 0.1475, 0.465, 5490023248.0 / 9719169821, 0.65, 1201146811.0 / 1299019798, 1, 1,
        ],
        [
            [1.0 / 18],
            [1.0 / 48, 1.0 / 16],
            [1.0 / 32, 0, 3.0 / 32],
            [5.0 / 16, 0, -75.0 / 64, 75.0 / 64],
            [3.0 / 80, 0, 0, 3.0 / 16, 3.0 / 20],
            [29443841.0 / 614563906, 0, 0, 77736538.0 / 692538347, -28693883.0 / 1125000000, 23124283.0 / 1800000000],
            [
                16016141.0 / 946692911, 0, 0, 61564180.0 / 158732637, 22789713.0 / 633445777, 545815736.0 / 2771057229,
                -180193667.0 / 1043307555,
            ],
            [
                39632708.0 / 573591083, 0, 0, -433636366.0 / 683701615, -421739975.0 / 2616292301, 100302831.0 / 723423059,
                790204164.0 / 839813087, 800635310.0 / 3783071287,
            ],
            [
                246121993.0 / 1340847787, 0, 0, -37695042795.0 / 15268766246, -309121744.0 / 1061227803, -12992083.0 / 490766935,
                6005943493.0 / 2108947869, 393006217.0 / 1396673457, 123872331.0 / 1001029789,
            ],
            [
                -1028468189.0 / 846180014, 0, 0, 8478235783.0 / 508512852, 1311729495.0 / 1432422823, -10304129995.0 / 1701304382,
                -48777925059.0 / 3047939560, 15336726248.0 / 1032824649, -45442868181.0 / 3398467696, 3065993473.0 / 597172653,
            ],
            [
                185892177.0 / 718116043, 0, 0, -3185094517.0 / 667107341, -477755414.0 / 1098053517, -703635378.0 / 230739211,
                5731566787.0 / 1027545527, 5232866602.0 / 850066563, -4093664535.0 / 808688257, 3962137247.0 / 1805957418,
                65686358.0 / 487910083,
            ],
            [
                403863854.0 / 491063109, 0, 0, -5068492393.0 / 434740067, -411421997.0 / 543043805, 652783627.0 / 914296604,
                11173962825.0 / 925320556, -13158990841.0 / 6184727034, 3936647629.0 / 1978049680, -160528059.0 / 685178525,
                248638103.0 / 1413531060, 0,
            ],
        ],
        [
            14005451.0 / 335480064, 0, 0, 0, 0, -59238493.0 / 1068277825, 181606767.0 / 758867731, 561292985.0 / 797845732,
            -1041891430.0 / 1371343529, 760417239.0 / 1151165299, 118820643.0 / 751138087, -528747749.0 / 2220607170, 0.25,
        ],
        8,
        [
            13451932.0 / 455176623, 0, 0, 0, 0, -808719846.0 / 976000145, 1757004468.0 / 5645159321, 656045339.0 / 265891186,
            -3867574721.0 / 1518517206, 465885868.0 / 322736535, 53011238.0 / 667516719, 2.0 / 45, 0,
        ],
        7);

    private static readonly Interpolant Dense = Interpolant.ThroughMiddle(
        Entries,
        [
            0.041031303607394012, 0, 0, 0, 0, 0.051005628019913446, 0.23889306774122000, 0.30968701439961029, -0.21723254717553503,
            0.078334056793319246, -0.0018614369715580260, 0.0070728442026784521, 0.0069084737320050937, -0.013838404349047484,
        ],
        4);

    /// <inheritdoc/>
    public ButcherTableau Tableau => Entries;

    /// <inheritdoc/>
    public Interpolant Interpolant => Dense;

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dormand-prince-8",
        Title = "Dormand–Prince 8(7) in time",
        Reference = "Prince and Dormand, J. Comput. Appl. Math. 7 (1981)",
        Orders = new Orders(
            new OrderClaim.Proven(8, "Prince and Dormand (1981); the 200 order conditions are checked"),
            new OrderClaim.None("deterministic"),
            new OrderClaim.None("deterministic")),
        EvaluationsPerStep = 13,
        WhenToUse = "smooth ODEs at tolerances below 1e-9; references",
        ConfusedWith = "DOP853 of Hairer, Nørsett and Wanner",
    };

    /// <inheritdoc/>
    public StagePlan<StageLevels.Twelve> Plan(in StepWindow window) => RungeKutta.Plan<StageLevels.Twelve>(Entries, window);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, W, TSde, TNoise>(in Transition<StagePlan<StageLevels.Twelve>> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W> =>
        RungeKutta.Step<T, W, TSde, StageLevels.Twelve>(Entries, in step, x, ref sde);
}
