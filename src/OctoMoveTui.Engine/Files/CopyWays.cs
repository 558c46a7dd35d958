namespace OctoMoveTui.Engine.Files;

/// <summary>
/// How many files are copied at once. Begins with two for each core and then follows the disks: some ways more or less are tried now and
/// then, and kept when that pays. On two cores with a fast disk more brings nothing; a share far away wants many, a single old disk few.
/// </summary>
internal sealed class CopyWays(TimeProvider time)
{
    private const int Most = 32;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<Task> _ways = [];
    private readonly WayChoice _choice = new(Math.Clamp(2 * Environment.ProcessorCount, 2, 16), Most);
    private volatile int _allowed;
    private bool _isEnding;

    /// <summary>False when this way is one too many by now: it ends, and another may begin later.</summary>
    public bool Allows(int way) => way < _allowed;

    /// <summary>Runs until all ways have ended of themselves.</summary>
    /// <param name="start">Starts the way of that number.</param>
    /// <param name="done">Files and bytes done so far.</param>
    public async Task RunAsync(Func<int, Task> start, Func<(long Files, long Bytes)> done)
    {
        _allowed = _choice.Ways;
        for (var way = 0; way < _allowed; way++)
        {
            _ways.Add(start(way));
        }

        await using var looking = time.CreateTimer(_ => Look(start, done()), null, BetweenLooks, BetweenLooks);
        for (var way = 0; ; way++)
        {
            Task task;
            lock (_lock)
            {
                if (way == _ways.Count)
                {
                    _isEnding = true;
                    return;
                }

                task = _ways[way];
            }

            await task;
        }
    }

    private void Look(Func<int, Task> start, (long Files, long Bytes) done)
    {
        lock (_lock)
        {
            if (_isEnding)
            {
                return;
            }

            var ways = _choice.Next(done.Files, done.Bytes);
            var before = _allowed;
            _allowed = ways;
            for (var way = before; way < ways; way++)
            {
                _ways.Add(start(way));
            }
        }
    }
}

/// <summary>Decides the number of ways from how much was done between two looks.</summary>
internal sealed class WayChoice(int first, int most)
{
    // A small file is worth as much as so many bytes: about what opening, naming and closing it costs on an ordinary disk.
    private const long FileIsWorth = 64 << 10;

    // What a way more must bring, and what a way less may cost. Between two looks nothing is ever quite the same.
    private const double MustBring = 1.07;
    private const double MayCost = 0.98;

    // Looks between two trials that brought nothing.
    private const int Patience = 8;

    private double _lastDone = -1;
    private double _before;
    private int _trial;
    private int _direction = 1;
    private int _wait = 1;

    /// <summary>How many files to copy at once.</summary>
    public int Ways { get; private set; } = first;

    /// <summary>Takes what is done by now, and says how many ways there should be until the next look.</summary>
    public int Next(long files, long bytes)
    {
        var done = bytes + (double)files * FileIsWorth;
        var amount = done - _lastDone;
        var isFirst = _lastDone < 0;
        _lastDone = done;
        if (isFirst || amount <= 0)
        {
            return Ways; // nothing to compare with, or it stands still: that says nothing about ways
        }

        if (_trial != 0)
        {
            var paid = _trial > 0 ? amount >= _before * MustBring : amount >= _before * MayCost;
            if (!paid)
            {
                Ways -= _trial;
                _direction = -_direction;
                _wait = Patience;
            }

            _trial = 0;
        }

        if (_wait-- > 0)
        {
            return Ways;
        }

        // Of many ways one more or less doesn't show.
        _before = amount;
        _wait = 0;
        var step = Math.Max(1, Ways / 4);
        if (Ways + (_direction * step) < 1 || Ways + (_direction * step) > most)
        {
            _direction = -_direction;
        }

        _trial = _direction * step;
        Ways += _trial;
        return Ways;
    }
}
