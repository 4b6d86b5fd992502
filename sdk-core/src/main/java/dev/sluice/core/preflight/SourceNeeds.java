// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Grants;
import java.util.ArrayList;
import java.util.List;

/** The privileges that core's own steps need on the source: the snapshot, the copy and the comparison. */
final class SourceNeeds {
    private static final String ROUTINES = "read the definitions of routines";

    private final StepContext context;
    private final ServerFacts source;
    private final Grants grants;
    private final List<Need> needs = new ArrayList<>();

    private SourceNeeds(StepContext context) {
        this.context = context;
        this.source = context.source();
        this.grants = Grants.parse(source.grants());
    }

    static List<Need> of(StepContext context) {
        SourceNeeds needs = new SourceNeeds(context);
        needs.collect();
        return needs.needs;
    }

    private void collect() {
        everywhere("read where the binary log stands", "REPLICATION CLIENT", "SUPER");
        if (!PlanReach.copies(context) && !PlanReach.verifies(context)) {
            return;
        }
        ScopeDatabases databases = ScopeDatabases.onSource(context);
        if (!context.replication().scope().isNamed() && !grants.has("SHOW DATABASES")) {
            everywhere("see every database of a scope that names none", "SELECT");
        }
        needs.addAll(databases.needs(Target.SOURCE, "read rows", "SELECT"));
        needs.addAll(databases.needs(Target.SOURCE, "read the definitions of views", "SHOW VIEW"));
        needs.addAll(databases.needs(Target.SOURCE, "read the definitions of triggers", "TRIGGER"));
        needs.addAll(databases.wholeNeeds(Target.SOURCE, "read the definitions of events", "EVENT"));
        if (databases.hasWhole()) {
            needs.addAll(routines(Target.SOURCE, source));
        }
        if (PlanReach.copies(context) || PlanReach.verifiesAtOnePosition(context)) {
            snapshot(databases);
        }
    }

    private void snapshot(ScopeDatabases databases) {
        everywhere("see long statements before it locks", "PROCESS");
        needs.addAll(preparedXa(Target.SOURCE, source));
        if (!grants.hasAny(List.of("RELOAD", "FLUSH_TABLES"))) {
            needs.addAll(databases.databaseNeeds(
                    Target.SOURCE, "hold writers up while snapshots open, if not by RELOAD", "LOCK TABLES"));
        }
    }

    private void everywhere(String reason, String... anyOf) {
        needs.add(Need.everywhere(Target.SOURCE, reason, anyOf));
    }

    /** Without it 8.0 and later show nobody whether there are any, and no snapshot opens. */
    static List<Need> preparedXa(Target target, ServerFacts server) {
        return server.version().isAtLeast(8, 0, 0)
                ? List.of(Need.everywhere(target, "see prepared XA transactions", "XA_RECOVER_ADMIN"))
                : List.of();
    }

    /** Whoever did not define a routine sees its body by a privilege of its own, or by one on everything, depending on the version. */
    static List<Need> routines(Target target, ServerFacts server) {
        if (server.version().isAtLeast(8, 0, 20)) {
            return List.of(Need.everywhere(target, ROUTINES, "SHOW_ROUTINE", "SELECT"));
        }
        return server.version().isAtLeast(8, 0, 0)
                ? List.of(Need.everywhere(target, ROUTINES, "SELECT"))
                : List.of(
                        new Need(target, List.of("SELECT"), "mysql", List.of(TableName.of("mysql", "proc")), ROUTINES));
    }
}
