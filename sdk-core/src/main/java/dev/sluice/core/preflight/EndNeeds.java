// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Grants;
import java.util.ArrayList;
import java.util.List;

/**
 * The privileges that core itself needs to end a replication, or to stop and start it. What the definers of events demand is a matter of
 * checks on the live servers.
 */
final class EndNeeds {
    private static final String EVENT = "EVENT";

    private EndNeeds() {}

    static List<Need> of(StepContext context) {
        List<Need> needs = new ArrayList<>();
        needs.add(Need.everywhere(Target.REPLICA, "see whether and how it replicates", "REPLICATION CLIENT", "SUPER"));
        if (context.plan() instanceof EndPlan end && end.enablesEvents()) {
            needs.addAll(events(Target.REPLICA, context.replica(), "see and enable all events"));
            context.findSource()
                    .ifPresent(source ->
                            needs.addAll(events(Target.SOURCE, source, "see which events are enabled on the source")));
        }
        return needs;
    }

    /**
     * Servers show only the events of databases in which the user has this privilege: no list of events proves that there are no others.
     * Nor does a list of databases, unless the user sees all.
     */
    private static List<Need> events(Target target, ServerFacts server, String reason) {
        List<Need> needs = new ArrayList<>();
        if (!Grants.parse(server.grants()).has("SHOW DATABASES")) {
            needs.add(Need.everywhere(target, reason, EVENT));
        }
        server.databases()
                .forEach(database -> needs.add(new Need(target, List.of(EVENT), database, List.of(), reason)));
        return needs;
    }
}
