using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models.Forms;

/// <summary>A row of the form's page; a field's input begins at <see cref="FormPage.InputColumn"/>.</summary>
internal readonly record struct FormRow(ScreenLine Line, FormField? Field = null);

/// <summary>Where on the page of a form everything stands; scrolls to the field in use where the page is too low.</summary>
internal sealed class FormPage(FormModel form, Glyphs glyphs)
{
    private const int AdviceRows = 2;
    private readonly ScrollModel scroll = new();

    /// <summary>The column in which inputs begin.</summary>
    public int InputColumn => Math.Min(30, form.Fields.Where(one => one.Kind != FieldKind.Action).Max(one => one.Label.Length) + 4);

    public IReadOnlyList<FormRow> Rows(int width, int height)
    {
        var all = new List<FormRow>();
        Add(form.Intro);
        all.Add(new(new("")));
        var focused = 0;
        foreach (var field in form.Fields)
        {
            focused = field == form.Focused ? all.Count : focused;
            all.Add(new(Line(field, width), field));
            if (field.Problem is { } problem)
            {
                Add([new($"  ! {problem}", Tone.Failure)]);
            }
        }

        var bottom = new List<ScreenLine>();
        if (form.Problem is { } wrong)
        {
            bottom.Add(new("! " + wrong, Tone.Failure));
        }

        if (form.Busy is { } busy)
        {
            bottom.Add(new(busy, Tone.Question));
        }

        bottom.AddRange(form.Below);
        if (bottom.Count > 0)
        {
            all.Add(new(new("")));
            Add(bottom);
        }

        var advice = height >= 10 ? AdviceRows : 0;
        scroll.Fit(all.Count, height - 1 - advice);
        if (bottom.Count > 0)
        {
            scroll.Reveal(all.Count - 1);
        }

        scroll.Reveal(focused);
        var visible = scroll.Visible(all, Math.Max(1, height - 1 - advice)).ToList();
        var rule = new string(glyphs.Rule, 2);
        var title = glyphs.Line(form.Title) + (scroll.HasMoreBelow ? ScreenWords.MoreBelow : "");
        var page = new List<FormRow> { new(new($"{rule} {title} ".PadRight(Math.Max(0, width), glyphs.Rule), Tone.Strong)) };
        page.AddRange(visible);
        while (page.Count < height - advice)
        {
            page.Add(new(new("")));
        }

        if (advice > 0)
        {
            page.AddRange(Wrapping.Rows(" " + glyphs.Line(form.Focused.Advice), width, 1).Take(advice).Select(row => new FormRow(new(row, Tone.Quiet))));
        }

        return page;

        void Add(IEnumerable<ScreenLine> lines) => all.AddRange(lines
            .SelectMany(line => Wrapping.Rows(" " + glyphs.Line(line.Text), width, 3).Select(row => new FormRow(line with { Text = row }))));
    }

    private ScreenLine Line(FormField field, int width)
    {
        var inUse = field == form.Focused;
        var label = (inUse ? "> " : "  ") + field.Label;
        if (field.Kind == FieldKind.Action)
        {
            return new(glyphs.Fit($"{(inUse ? "> " : "  ")}[ {field.Label} ]", width), inUse ? Tone.Strong : Tone.Normal);
        }

        var room = Math.Max(0, width - InputColumn - 1);
        var value = field switch
        {
            { Kind: FieldKind.Choice } => $"< {field.Chosen?.Label ?? field.Placeholder} >",
            _ when inUse => "",
            { Value: "" } => field.Placeholder,
            { IsHidden: true } => new string(glyphs.Hidden, 8),
            _ => field.Value,
        };
        return new(glyphs.Fit(label, InputColumn - 1).PadRight(InputColumn) + glyphs.Fit(value, room), inUse ? Tone.Strong : Tone.Normal);
    }
}
