using System.Runtime.InteropServices;

namespace ScoreSde.Kernels.Cuda;

/// <summary>The kernel's parameters as device/linear_forms.cu declares them, struct <c>Forms</c>: equal layout (a test compares it by what the kernel reads).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FormsArguments
{
    public const int MostForms = 8, MostTerms = 128, MostDraws = 8;

    public long Elements, Dimension;
    private fixed long _outputs[MostForms];
    private fixed long _terms[MostTerms];
    private fixed double _factors[MostTerms];
    private fixed ulong _draws[3 * MostDraws];
    private fixed byte _kinds[MostTerms];
    private fixed byte _counts[MostForms];
    public int Forms, Aligned;

    /// <summary>Whether a form can still be added.</summary>
    public readonly bool Fits(ReadOnlySpan<FormTerm> form, int terms, List<DeviceDraw> draws)
    {
        if (Forms == MostForms || terms + form.Length > MostTerms) return false;
        var more = 0;
        for (var k = 0; k < form.Length; k++)
        {
            var term = form[k];
            if (term.Kind != TermKind.Draw || draws.Contains(term.Draw)) continue;
            var earlier = false;
            for (var j = 0; j < k; j++) earlier |= form[j].Kind == TermKind.Draw && form[j].Draw == term.Draw;
            if (!earlier) more++;
        }
        return draws.Count + more <= MostDraws;
    }

    /// <summary>Adds a form.</summary>
    public void Add(nint output, ReadOnlySpan<FormTerm> form, ref int terms, List<DeviceDraw> draws)
    {
        _outputs[Forms] = output;
        _counts[Forms] = (byte)form.Length;
        Align(output);
        foreach (var term in form)
        {
            (_terms[terms], _factors[terms]) = (term.Array, term.Factor);
            var kind = (int)term.Kind;
            if (term.Kind == TermKind.Draw)
            {
                var at = draws.IndexOf(term.Draw);
                if (at < 0)
                {
                    at = draws.Count;
                    draws.Add(term.Draw);
                    (_draws[3 * at], _draws[3 * at + 1]) = (term.Draw.Seed, (ulong)term.Draw.FirstSample);
                    _draws[3 * at + 2] = term.Draw.Stream | (ulong)term.Draw.Draw << 32;
                }
                kind += at;
            }
            else Align(term.Array);
            _kinds[terms++] = (byte)kind;
        }
        Forms++;
    }

    private void Align(nint address)
    {
        if (address % 16 != 0) Aligned = 0;
    }
}
