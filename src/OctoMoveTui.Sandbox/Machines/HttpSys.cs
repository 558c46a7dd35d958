namespace OctoMoveTui.Sandbox.Machines;

/// <summary>A certificate that HTTP.sys of one machine presents at an address.</summary>
public sealed record SslBinding(string Endpoint, string Thumbprint, string ApplicationId = "{e2096a4c-2391-4be1-9f17-e353f930e7f1}", string Store = "My");

/// <summary>An account that may listen at an address although it is no administrator.</summary>
public sealed record UrlReservation(string Url, string Account)
{
    internal string Descriptor => Account switch
    {
        @"NT AUTHORITY\NetworkService" => "D:(A;;GX;;;NS)",
        @"NT AUTHORITY\LocalService" => "D:(A;;GX;;;LS)",
        _ => "D:(A;;GX;;;S-1-5-21-1-2-3-1001)",
    };
}

/// <summary>What HTTP.sys of one machine knows: none of it is in Octopus' database.</summary>
public sealed class HttpSys
{
    private readonly Lock changing = new();
    private readonly List<SslBinding> bindings = [];
    private readonly List<UrlReservation> reservations = [];

    /// <summary>Whether netsh answers in German.</summary>
    public bool SpeaksGerman { get; set; }

    public IReadOnlyList<SslBinding> Bindings
    {
        get
        {
            lock (changing)
                return [.. bindings];
        }
    }

    public IReadOnlyList<UrlReservation> Reservations
    {
        get
        {
            lock (changing)
                return [.. reservations];
        }
    }

    /// <summary>False when there is one for that address already.</summary>
    public bool Add(SslBinding binding)
    {
        lock (changing)
        {
            if (bindings.Exists(each => each.Endpoint == binding.Endpoint))
                return false;
            bindings.Add(binding);
            return true;
        }
    }

    /// <inheritdoc cref="Add(SslBinding)"/>
    public bool Add(UrlReservation reservation)
    {
        lock (changing)
        {
            if (reservations.Exists(each => each.Url == reservation.Url))
                return false;
            reservations.Add(reservation);
            return true;
        }
    }

    /// <summary>False when there is none for that address.</summary>
    public bool RemoveReservation(string url)
    {
        lock (changing)
            return reservations.RemoveAll(each => each.Url == url) > 0;
    }

    /// <summary>Whether somebody who is no administrator may listen there.</summary>
    internal bool IsReserved(string prefix, string account) =>
        Reservations.Any(each => each.Url == prefix && each.Account.Equals(account, StringComparison.OrdinalIgnoreCase));
}
