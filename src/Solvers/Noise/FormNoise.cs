namespace ScoreSde.Solvers.Noise;

/// <summary>Noise for linear forms: each draw is a normal of its own, named by step and slot, with no number behind it.</summary>
/// <param name="Slots">Draws a step may make.</param>
public readonly record struct FormNoise(int Slots) : INoise<LinearForm>
{
    /// <inheritdoc/>
    public LinearForm Increment(in Interval interval, int slot)
    {
        Check(slot, 1);
        return LinearForm.OfNoise(interval.Step * Slots + slot);
    }

    /// <inheritdoc/>
    public (LinearForm W, LinearForm H) SpaceTime(in Interval interval, int slot)
    {
        Check(slot, 2);
        var first = interval.Step * Slots + 2 * slot;
        return (LinearForm.OfNoise(first), LinearForm.OfNoise(first + 1));
    }

    private void Check(int slot, int normals)
    {
        if (slot < 0 || (slot + 1) * normals > Slots)
            throw new ArgumentOutOfRangeException(nameof(slot), slot, $"this noise has {Slots} normals a step");
    }
}
