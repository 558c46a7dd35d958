namespace OctoMoveTui.Tests.Support;

/// <summary>A theory whose cases are what it proves: the static property of its class that lists them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProvesEachAttribute(string property) : Attribute
{
    public string Property => property;
}
