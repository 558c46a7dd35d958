namespace OctoMoveTui.Engine.Octopus;

/// <summary>The settings that <c>configure</c> may have to set on another machine.</summary>
public enum MachineSetting
{
    /// <summary>Where the web portal listens.</summary>
    ListenPrefixes,

    /// <summary>Where polling Tentacles call.</summary>
    CommunicationsPort,

    /// <summary>Whether the portal sends everybody to https.</summary>
    ForceSsl,
}

/// <summary>How they are called.</summary>
internal static class MachineSettingWords
{
    internal static string Words(this MachineSetting setting) => setting switch
    {
        MachineSetting.ListenPrefixes => "listen prefixes",
        MachineSetting.CommunicationsPort => "communications port",
        _ => "forced SSL",
    };
}
