// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.StepContext;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of a replica's events a plan that ends its replication may enable. */
public final class EventsToEnable {
    private EventsToEnable() {}

    /**
     * Those that are disabled on the replica and enabled on the source; where the plan names no source, those that say that they are
     * disabled for being on a replica.
     */
    public static List<EventFacts> of(StepContext context) {
        List<EventFacts> disabled = context.replica().events().stream()
                .filter(event -> !event.isEnabled())
                .toList();
        return context.findSource()
                .map(source -> enabledOn(source, disabled))
                .orElseGet(() -> disabled.stream()
                        .filter(EventFacts::isDisabledOnReplica)
                        .toList());
    }

    private static List<EventFacts> enabledOn(ServerFacts source, List<EventFacts> disabled) {
        Set<TableName> enabled = source.events().stream()
                .filter(EventFacts::isEnabled)
                .map(EventFacts::name)
                .collect(Collectors.toSet());
        return disabled.stream().filter(event -> enabled.contains(event.name())).toList();
    }
}
