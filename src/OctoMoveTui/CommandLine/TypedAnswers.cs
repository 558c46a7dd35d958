using System.Globalization;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tui.Models;
using OctoMoveTui.Words;

namespace OctoMoveTui.CommandLine;

/// <summary>Asks a person at a prompt, one line a question; the same questions as the screen's forms.</summary>
internal sealed class TypedAnswers(IKeyboard keyboard, TextWriter output, Glyphs glyphs, TimeProvider time) : IAnswers
{
    public async Task<MoveAnswer> AnswerAsync(MoveQuestion question, CancellationToken cancel)
    {
        if (question.Problem is { Length: > 0 } problem)
        {
            Say("! " + problem);
        }

        return question switch
        {
            ConfirmStep step => await ConfirmAsync(step, cancel),
            TypeName name => await TypeNameAsync(name, cancel),
            DoByHand byHand => await ByHandAsync(byHand, cancel),
            DecideOnTasks tasks => await DecideAsync(tasks, cancel),
            RetryOrStop retry => await RetryAsync(retry, cancel),
            GiveSecret { KeyFile: { } file } secret => await MasterKeyAsync(secret, file, cancel),
            GiveSecret secret => await SecretAsync(secret, cancel),
            ProveMasterKeySaved proof => await ProveAsync(proof, cancel),
            ChooseShape shapes => await ShapeAsync(shapes, cancel),
            FillPlan plan => await PlanAsync(plan, cancel),
            GiveConnectionString connection => await ConnectionStringAsync(connection, cancel),
            _ => throw new NotSupportedException(question.GetType().Name),
        };
    }

    private async Task<MoveAnswer> ConfirmAsync(ConfirmStep step, CancellationToken cancel)
    {
        Say("");
        Say(step.IsUndo ? step.Title : $"{step.Title} ({MoveWords.Nature(step.Nature)})");
        foreach (var line in PreviewText.Lines(step.Lines, glyphs))
        {
            output.WriteLine("  " + line);
        }

        Say(step.IsUndo ? step.WayBack : $"{ScreenWords.WayBack} {step.WayBack}");
        if (step.IsUndo)
        {
            return await LetterAsync(PromptWords.ConfirmUndo, "ys", cancel) == 'y' ? new Go() : new StopHere();
        }

        var letter = step.MaySkip
            ? await LetterAsync(PromptWords.ConfirmOptional, "yosb", cancel)
            : await LetterAsync(PromptWords.Confirm, "ysb", cancel);
        return letter switch { 'y' => new Go(), 'o' => new Skip(), 'b' => new TakeBack(), _ => new StopHere() };
    }

    private async Task<MoveAnswer> TypeNameAsync(TypeName name, CancellationToken cancel)
    {
        Say(name.Consequence);
        while (true)
        {
            var prompt = name.MaySkip ? PromptWords.TypeNameOrLeave(name.Name) : PromptWords.TypeName(name.Name);
            var typed = (await LineAsync(prompt, cancel))?.Trim();
            if (string.IsNullOrEmpty(typed))
            {
                return typed is not null && name.MaySkip ? new Skip() : new StopHere();
            }

            if (typed == name.Name)
            {
                return new Typed(typed);
            }

            Say("! " + PromptWords.NotThatName);
        }
    }

    private async Task<MoveAnswer> ByHandAsync(DoByHand question, CancellationToken cancel)
    {
        Say(question.What);
        foreach (var (at, line) in question.HowTo.Index())
        {
            Say($"  {at + 1}. {line}");
        }

        if (question.Otherwise is { } otherwise)
        {
            Say($"{PromptWords.ByHandOtherwise} {otherwise}");
        }

        var letter = question.Otherwise is null
            ? await LetterAsync(PromptWords.ByHand, "ds", cancel) : await LetterAsync(PromptWords.ByHandOptional, "dos", cancel);
        return letter switch { 'd' => new Go(), 'o' => new Skip(), _ => new StopHere() };
    }

    private async Task<MoveAnswer> DecideAsync(DecideOnTasks question, CancellationToken cancel)
    {
        Say(DecisionWords.Reason(question.Reason));
        foreach (var task in question.Tasks)
        {
            Say("  " + TaskLines.Of(task, time));
        }

        foreach (var choice in question.Choices)
        {
            Say($"{DecisionWords.Letter(choice.Decision)} = {DecisionWords.Name(choice.Decision, question.Reason)}: {choice.Consequence}");
        }

        while (true)
        {
            var letter = await LetterAsync(DecisionWords.Prompt(question), string.Concat(question.Choices.Select(each => DecisionWords.Letter(each.Decision))) + "s", cancel);
            if (letter == 's')
            {
                return new StopHere();
            }

            var chosen = question.Choices.First(each => DecisionWords.Letter(each.Decision) == letter);
            if (chosen.Typed is null)
            {
                return new TasksDecided(chosen.Decision);
            }

            var typed = (await LineAsync(DecisionWords.HowToType(chosen) + " ", cancel))?.Trim() ?? throw new OperationCanceledException();
            if (typed.Length > 0)
            {
                return new TasksDecided(chosen.Decision, typed);
            }
        }
    }

    private async Task<MoveAnswer> RetryAsync(RetryOrStop retry, CancellationToken cancel)
    {
        foreach (var line in FailureLines.Of(retry.Failure, glyphs))
        {
            output.WriteLine(line.Text);
        }

        return await LetterAsync(PromptWords.Retry, "rsb", cancel) switch { 'r' => new Retry(), 'b' => new TakeBack(), _ => new StopHere() };
    }

    private async Task<MoveAnswer> SecretAsync(GiveSecret secret, CancellationToken cancel)
    {
        Say(secret.Why);
        return new SecretGiven(await SecretAsync(MoveWords.Secret(secret.Kind) + (secret.MaySkip ? PromptWords.MaySkip : "") + ": ", cancel));
    }

    private async Task<MoveAnswer> MasterKeyAsync(GiveSecret secret, string proposed, CancellationToken cancel)
    {
        Say(secret.Why);
        return await LetterAsync(PromptWords.TypeOrOpen, "fls", cancel, enter: '\n') switch
        {
            'f' => new KeyFileGiven(await KeyFileAsync(proposed, cancel), await SecretAsync(PromptWords.Passphrase, cancel)),
            'l' => new MasterKeyLost(),
            's' => new StopHere(),
            _ => new SecretGiven(await SecretAsync(MoveWords.Secret(secret.Kind) + ": ", cancel)),
        };
    }

    private async Task<MoveAnswer> NewKeyFileAsync(string proposed, CancellationToken cancel)
    {
        var file = await KeyFileAsync(proposed, cancel);
        while (true)
        {
            var passphrase = await SecretAsync(PromptWords.NewPassphrase, cancel);
            if ((await SecretAsync(PromptWords.PassphraseAgain, cancel)).Reveal() == passphrase.Reveal())
            {
                return new KeyFileGiven(file, passphrase);
            }

            Say("! " + PromptWords.PassphrasesDiffer);
        }
    }

    private async Task<string> KeyFileAsync(string proposed, CancellationToken cancel)
    {
        var typed = (await LineAsync(PromptWords.Keys(PromptWords.KeyFile, proposed), cancel) ?? throw new OperationCanceledException()).Trim();
        return typed.Length == 0 ? proposed : typed;
    }

    private async Task<MoveAnswer> ProveAsync(ProveMasterKeySaved proof, CancellationToken cancel)
    {
        Say(PromptWords.Fingerprint(proof.Fingerprint, proof.ProvenBy));
        while (true)
        {
            switch (await LetterAsync(PromptWords.RevealOrType, "rfs", cancel, enter: '\n'))
            {
                case 'r':
                    output.WriteLine(proof.Key.Reveal());
                    Say(PromptWords.RevealWarning);
                    break;
                case 'f':
                    return await NewKeyFileAsync(proof.KeyFile, cancel);
                case 's':
                    return new StopHere();
                default:
                    return new SecretGiven(await SecretAsync(PromptWords.TypeSavedKey, cancel));
            }
        }
    }

    private async Task<MoveAnswer> ShapeAsync(ChooseShape question, CancellationToken cancel)
    {
        Say(PromptWords.Shape);
        for (var number = 0; number < question.Choices.Count; number++)
        {
            Say($"  {number + 1} = {MoveWords.Shape(question.Choices[number])}");
        }

        var letters = string.Concat(question.Choices.Select((_, number) => (char)('1' + number))) + "s";
        var letter = await LetterAsync(PromptWords.ChooseShape(question.Choices.First(each => each.Shape == question.Proposed).Title), letters, cancel, enter: '\n');
        return letter switch
        {
            's' => new StopHere(),
            '\n' => new ShapeChosen(question.Proposed),
            _ => new ShapeChosen(question.Choices[letter - '1'].Shape),
        };
    }

    private async Task<MoveAnswer> PlanAsync(FillPlan plan, CancellationToken cancel)
    {
        Say(PromptWords.Plan);
        var values = new Dictionary<string, string>();
        foreach (var field in plan.Fields)
        {
            Say(field.Help);
            if (field.Problem is { } problem)
            {
                Say("! " + problem);
            }

            if (field.Choices is { } choices)
            {
                values[field.Key] = await ChoiceAsync(field, choices, cancel);
                continue;
            }

            var typed = (await LineAsync(PromptWords.Keys(field.Label, field.Value), cancel) ?? throw new OperationCanceledException()).Trim();
            values[field.Key] = typed switch { "" => field.Value, "-" => "", _ => typed };
        }

        return new PlanFilled(values);
    }

    private async Task<string> ChoiceAsync(PlanField field, IReadOnlyList<PlanChoice> choices, CancellationToken cancel)
    {
        for (var i = 0; i < choices.Count; i++)
        {
            Say(PromptWords.Choice(i + 1, choices[i]));
        }

        while (true)
        {
            var typed = (await LineAsync(PromptWords.ChooseOne(field.Label, field.Value), cancel) ?? throw new OperationCanceledException()).Trim();
            typed = typed.Length == 0 ? field.Value : typed;
            if (choices.FirstOrDefault(choice => string.Equals(choice.Value, typed, StringComparison.OrdinalIgnoreCase)) is { } named)
            {
                return named.Value;
            }

            if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= choices.Count)
            {
                return choices[number - 1].Value;
            }

            Say(PromptWords.NoneOfThem);
        }
    }

    private async Task<MoveAnswer> ConnectionStringAsync(GiveConnectionString question, CancellationToken cancel)
    {
        Say(MoveWords.Purpose(question.Purpose));
        Say($"  {question.Current}");
        foreach (var finding in question.Findings)
        {
            Say($"  {MoveWords.Finding(finding, glyphs)}");
        }

        var answer = new ConnectionStringDraft(question.Current);
        while (true)
        {
            var letter = await LetterAsync(PromptWords.TestOrGo, "tges", cancel);
            if (letter == 's')
            {
                return new StopHere();
            }

            if (letter is 't' or 'g')
            {
                return new ConnectionStringGiven(new Secret(answer.WithPassword()), OnlyTest: letter == 't');
            }

            var typed = await LineAsync(PromptWords.Keys(PromptWords.ConnectionString, answer.Raw), cancel);
            answer.Raw = string.IsNullOrWhiteSpace(typed) ? answer.Raw : typed;
            answer.Password = (await SecretAsync(PromptWords.Password, cancel)).Reveal();
        }
    }

    private async Task<char> LetterAsync(string prompt, string letters, CancellationToken cancel, char? enter = null)
    {
        while (true)
        {
            // The end of input is nobody there any more: stop, never go.
            var typed = (await LineAsync(prompt, cancel) ?? throw new OperationCanceledException()).Trim();
            if (typed.Length == 0 && enter is { } onEnter)
            {
                return onEnter;
            }

            if (typed.Length == 1 && letters.Contains(char.ToLowerInvariant(typed[0]), StringComparison.Ordinal))
            {
                return char.ToLowerInvariant(typed[0]);
            }

            Say(PromptWords.NotUnderstood);
        }
    }

    private async Task<string?> LineAsync(string prompt, CancellationToken cancel)
    {
        output.Write(glyphs.Line(prompt) + (prompt.EndsWith(' ') ? "" : " "));
        output.Flush();
        return await keyboard.ReadLineAsync(cancel);
    }

    private async Task<Secret> SecretAsync(string prompt, CancellationToken cancel)
    {
        output.Write(glyphs.Line(prompt));
        output.Flush();
        return new Secret(await keyboard.ReadSecretAsync(cancel) ?? throw new OperationCanceledException());
    }

    private void Say(string sentence) => output.WriteLine(glyphs.Line(sentence));
}
