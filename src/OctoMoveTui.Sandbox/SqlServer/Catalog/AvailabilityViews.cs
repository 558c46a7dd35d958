using OctoMoveTui.Sandbox.SqlServer.Databases;
using static OctoMoveTui.Sandbox.SqlServer.Catalog.CatalogView;

namespace OctoMoveTui.Sandbox.SqlServer.Catalog;

/// <summary>Availability groups and mirroring.</summary>
internal static class AvailabilityViews
{
    public static readonly CatalogView[] All =
    [
        new("sys.dm_hadr_availability_replica_states", true, Define("replica_id guid!, group_id guid!, is_local bit!, role tinyint, role_desc nvarchar60"), Replicas),
        new("sys.database_mirroring", true, Define("""
            database_id int!, mirroring_guid guid, mirroring_state tinyint, mirroring_state_desc nvarchar60, mirroring_role tinyint, mirroring_role_desc nvarchar60, mirroring_partner_name nvarchar128
            """), context => context.Server.Databases.Where(database => Permissions.Sees(context.Statement.Session, database)).Select(database => database.Pose.MirroringPartner is { } partner
                ? new object?[] { database.Id, database.ServiceBrokerGuid, 4, "SYNCHRONIZED", 1, "PRINCIPAL", partner }
                : [database.Id, null, null, null, null, null, null])),
    ];

    private static IEnumerable<object?[]> Replicas(CatalogContext context)
    {
        Permissions.DemandState(context.Statement.Session);
        return context.Server.Databases.Where(database => database.Replica is not null).Take(1).Select(database => new object?[]
        {
            context.Server.ReplicaId, context.Server.ReplicaId, true, database.Replica == ReplicaRole.Primary ? 1 : 2, database.Replica == ReplicaRole.Primary ? "PRIMARY" : "SECONDARY",
        });
    }
}
