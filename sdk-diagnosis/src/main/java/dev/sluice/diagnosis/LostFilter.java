// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.mysql.Dialect;
import java.util.List;

/** The filter that a plan has set on a self-managed replica, which a restart loses, and without which changes outside the scope are applied. */
final class LostFilter {
    static final String WARNING =
            "A restart of a self-managed replica loses the filter that a plan has set, and without it changes outside the"
                    + " scope are applied: sluice.live(plan).start() sets it again.";
    static final String SEEN = "no replication filter, and it does not start by itself after a restart";

    /** What a person does instead of a start. */
    static final String REMEDY = "start-by-plan";

    private LostFilter() {}

    /** Plans have self-managed replicas stay stopped when they restart, since a restart loses the filter. */
    static boolean isShownBy(Symptoms symptoms) {
        ServerFacts replica = symptoms.replica();
        return symptoms.channel().filter(channel -> !channel.isFiltered()).isPresent()
                && replica.isOn(Dialect.of(replica.version()).stayStoppedVariable());
    }

    static List<String> instructions(String before) {
        return List.of(before, WARNING, "If no plan has ever set a filter: START REPLICA (START SLAVE before 8.0.22).");
    }
}
