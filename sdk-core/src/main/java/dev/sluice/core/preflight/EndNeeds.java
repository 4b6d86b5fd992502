// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.plan.EventsToEnable;
import java.util.ArrayList;
import java.util.List;

/** The privileges that core itself needs to end a replication, or to stop and start it. */
final class EndNeeds {
    private static final String EVENTS = "enable events";

    private EndNeeds() {}

    static List<Need> of(StepContext context) {
        List<Need> needs = new ArrayList<>();
        needs.add(Need.everywhere(Target.REPLICA, "see whether and how it replicates", "REPLICATION CLIENT", "SUPER"));
        if (context.plan() instanceof EndPlan end && end.enablesEvents()) {
            events(context, end.replica().credentials().user(), needs);
        }
        return needs;
    }

    private static void events(StepContext context, String user, List<Need> needs) {
        List<EventFacts> events = EventsToEnable.of(context);
        events.stream()
                .map(event -> event.name().database())
                .distinct()
                .forEach(
                        database -> needs.add(new Need(Target.REPLICA, List.of("EVENT"), database, List.of(), EVENTS)));
        if (events.stream().anyMatch(event -> !event.definerUser().equals(user))) {
            needs.add(Need.everywhere(
                    Target.REPLICA,
                    EVENTS + " of other definers",
                    definers(context.replica().version())));
        }
    }

    private static String[] definers(ServerVersion version) {
        if (!version.isAtLeast(8, 0, 0)) {
            return new String[] {"SUPER"};
        }
        if (version.isAtLeast(8, 4, 0)) {
            return new String[] {"SET_ANY_DEFINER", "SUPER"};
        }
        return version.isAtLeast(8, 2, 0)
                ? new String[] {"SET_ANY_DEFINER", "SET_USER_ID", "SUPER"}
                : new String[] {"SET_USER_ID", "SUPER"};
    }
}
