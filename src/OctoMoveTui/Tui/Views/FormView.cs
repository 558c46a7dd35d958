using OctoMoveTui.Tui.Models;
using OctoMoveTui.Tui.Models.Forms;
using OctoMoveTui.Words;
using Terminal.Gui.ViewBase;

namespace OctoMoveTui.Tui.Views;

/// <summary>Draws the form that the model shows, with an input for each field that is typed into.</summary>
internal sealed class FormView : View
{
    private readonly ScreenModel screen;
    private readonly Glyphs glyphs;
    private readonly Func<string, bool> press;
    private readonly LinesView lines;
    private readonly List<FieldBox> boxes = [];
    private FormModel? shown;
    private FormPage? page;
    private IReadOnlyList<FormRow> rows = [];

    public FormView(ScreenModel screen, Palette palette, Glyphs glyphs, Func<string, bool> press)
    {
        this.screen = screen;
        this.glyphs = glyphs;
        this.press = press;
        CanFocus = true;
        lines = new LinesView(palette, (_, _) => [.. rows.Select(row => row.Line)]) { Width = Dim.Fill(), Height = Dim.Fill() };
        Add(lines);
    }

    /// <summary>Called on each change of the model.</summary>
    public void Refresh()
    {
        if (screen.Form != shown)
        {
            Rebuild(screen.Form);
        }

        if (shown is null || page is null || !Visible)
        {
            return;
        }

        rows = page.Rows(Viewport.Width, Viewport.Height);
        foreach (var box in boxes)
        {
            Place(box, page.InputColumn);
        }

        lines.Refresh();
    }

    protected override void OnSubViewsLaidOut(LayoutEventArgs args)
    {
        base.OnSubViewsLaidOut(args);
        if (shown is not null && page is not null)
        {
            rows = page.Rows(Viewport.Width, Viewport.Height);
        }
    }

    private void Rebuild(FormModel? form)
    {
        foreach (var box in boxes)
        {
            Remove(box);
            box.Dispose();
        }

        boxes.Clear();
        shown = form;
        page = form is null ? null : new FormPage(form, glyphs);
        foreach (var field in form?.Fields.Where(field => field.IsTyped) ?? [])
        {
            var box = new FieldBox(field, press, (changed, text) =>
            {
                form!.Type(changed, text);
                Refresh();
            })
            {
                Height = 1,
            };
            boxes.Add(box);
            Add(box);
        }

        SetNeedsDraw();
    }

    private void Place(FieldBox box, int column)
    {
        var row = rows.ToList().FindIndex(candidate => candidate.Field == box.Field);
        var inUse = box.Field == shown!.Focused;
        box.Visible = row >= 0 && column < Viewport.Width - 4;
        box.X = column;
        box.Y = Math.Max(0, row);
        box.Width = Math.Max(1, Viewport.Width - column - 1);
        box.Show();

        // One field alone can have the focus, so that nothing but the model moves it.
        box.CanFocus = inUse;
        if (inUse && box.Visible && !box.HasFocus)
        {
            box.SetFocus();
        }
    }
}
