using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using OctoMoveTui.Attaching;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Attaching;

/// <summary>Whatever the engine can tell, ask, be answered or commanded comes over the wire as it was sent.</summary>
public sealed class WireLineTests
{
    private const string Hidden = "not for onlookers";

    public static TheoryData<Type> Kinds => [.. new[] { typeof(MoveEvent), typeof(MoveQuestion), typeof(MoveAnswer), typeof(MoveCommand) }
        .SelectMany(family => family.GetCustomAttributes(inherit: false).OfType<JsonDerivedTypeAttribute>())
        .Select(each => each.DerivedType)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_arrives_as_it_was_sent(Type kind)
    {
        WireMessage sent = Make(kind) switch
        {
            MoveEvent happening => new Told(happening),
            MoveQuestion question => new Asked(7, question),
            MoveAnswer answer => new Answered(7, answer),
            var command => new Said((MoveCommand)command),
        };
        var line = WireLine.Of(sent);
        line.ShouldNotContain("\n");
        var arrived = WireLine.Parse(line).ShouldNotBeNull();
        WireLine.Of(arrived).ShouldBe(line);
        arrived.ToString().ShouldNotContain(Hidden);
        WireLine.ForOnlooker(sent).ShouldNotContain(Hidden);
        if (kind.GetProperties().Any(each => each.PropertyType == typeof(Secret)))
        {
            line.ShouldContain(Hidden);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"message":"told"}""")]
    [InlineData("""{"message":"told","event":{"event":"never-heard-of"}}""")]
    [InlineData("""{"message":"no-such-message"}""")]
    public void What_is_no_message_is_none(string line)
    {
        (WireLine.Parse(line) is null or Told { Event: null }).ShouldBeTrue();
    }

    // A value for everything that a kind holds, so that nothing can be left out on the way.
    private static object Make(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return "ä \"quoted\"\n\tline";
        }

        if (type == typeof(Secret))
        {
            return new Secret(Hidden);
        }

        if (type == typeof(DateTimeOffset))
        {
            return new DateTimeOffset(2026, 5, 9, 1, 2, 3, 456, TimeSpan.Zero);
        }

        if (type == typeof(TimeSpan))
        {
            return TimeSpan.FromSeconds(90.5);
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object>().Last();
        }

        if (type.IsPrimitive)
        {
            return Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GenericTypeArguments))!;
            list.Add(Make(type.GenericTypeArguments[0]));
            return list;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            return new Dictionary<string, string> { ["Key:Name"] = "value" };
        }

        var constructor = type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).First(each => each.GetParameters() is not [var one] || one.ParameterType != type);
        var made = constructor.Invoke([.. constructor.GetParameters().Select(each => Make(each.ParameterType))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(each => each.CanWrite))
        {
            property.SetValue(made, Make(property.PropertyType));
        }

        return made;
    }
}
