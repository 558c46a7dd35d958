using OctoMoveTui.Tui.Models.Forms;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace OctoMoveTui.Tui.Views;

/// <summary>A field that is typed into. Keys that mean something on this screen go there first.</summary>
internal sealed class FieldBox : TextField
{
    private readonly Func<string, bool> press;
    private readonly Action<FormField, string> typed;
    private bool showing;

    public FieldBox(FormField field, Func<string, bool> press, Action<FormField, string> typed)
    {
        this.press = press;
        this.typed = typed;
        Field = field;
        Text = field.Value;
        ValueChanged += (_, _) =>
        {
            if (!showing)
            {
                this.typed(Field, Text);
            }
        };
    }

    public FormField Field { get; }

    /// <summary>Takes over what the model says.</summary>
    public void Show()
    {
        showing = true;
        Secret = Field.IsHidden;
        if (Text != Field.Value)
        {
            // A field that is not in use shows the start of what it holds.
            Text = Field.Value;
            InsertionPoint = HasFocus ? Field.Value.Length : 0;
        }

        showing = false;
    }

    protected override void OnHasFocusChanged(bool newHasFocus, View? previousFocusedView, View? focusedView)
    {
        base.OnHasFocusChanged(newHasFocus, previousFocusedView, focusedView);
        if (newHasFocus)
        {
            // The library selects all of it, and the first letter would replace a path of eighty.
            ClearAllSelection();
            MoveEnd();
        }
    }

    protected override bool OnKeyDown(Key key) => press(KeyNames.Of(key)) || base.OnKeyDown(key);
}
