// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.operation.Target;
import dev.sluice.api.spi.StepContext;
import java.util.ArrayList;
import java.util.List;

/** The privileges that core's own steps need on the replica: the copy, the watch over replication and the comparison. */
final class ReplicaNeeds {
    private ReplicaNeeds() {}

    static List<Need> of(StepContext context) {
        List<Need> needs = new ArrayList<>();
        needs.add(Need.everywhere(Target.REPLICA, "see whether and how it replicates", "REPLICATION CLIENT", "SUPER"));
        if (!PlanReach.copies(context) && !PlanReach.verifies(context)) {
            return needs;
        }
        ScopeDatabases databases = ScopeDatabases.onReplica(context);
        needs.addAll(databases.needs(Target.REPLICA, "compare rows", "SELECT"));
        needs.addAll(databases.needs(Target.REPLICA, "compare views", "SHOW VIEW"));
        needs.addAll(databases.needs(Target.REPLICA, "compare triggers", "TRIGGER"));
        needs.addAll(databases.wholeNeeds(Target.REPLICA, "compare events", "EVENT"));
        if (databases.hasWhole()) {
            needs.addAll(SourceNeeds.routines(Target.REPLICA, context.replica()));
        }
        if (PlanReach.verifiesAtOnePosition(context)) {
            needs.add(Need.everywhere(Target.REPLICA, "see that no table was replaced since its snapshot", "PROCESS"));
            needs.addAll(SourceNeeds.preparedXa(Target.REPLICA, context.replica()));
        }
        if (PlanReach.copies(context)) {
            copy(context, databases, needs);
        }
        return needs;
    }

    private static void copy(StepContext context, ScopeDatabases databases, List<Need> needs) {
        for (String privilege : List.of("CREATE", "REFERENCES", "INSERT", "TRIGGER")) {
            needs.addAll(databases.needs(Target.REPLICA, "load tables with their rows and triggers", privilege));
        }
        needs.addAll(databases.needs(Target.REPLICA, "take back what it loaded", "DROP"));
        needs.addAll(CreatorsRights.needs(context, databases));
        for (String privilege : List.of("CREATE VIEW", "CREATE ROUTINE", "EVENT")) {
            needs.addAll(databases.wholeNeeds(Target.REPLICA, "load views, routines and events", privilege));
        }
        if (PlanReach.dumps(context)) {
            needs.addAll(databases.needs(Target.REPLICA, "load what mysqldump writes", "ALTER"));
            needs.addAll(databases.databaseNeeds(Target.REPLICA, "load what mysqldump writes", "LOCK TABLES"));
        }
    }
}
