// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The events of a region, oldest first. Guarded by the lock of the state. */
final class EventLog {
    private final List<Event> events = new ArrayList<>();

    /**
     * What happened to a resource.
     *
     * @param source its identifier
     * @param type as in {@code db-instance}
     * @param arn of the resource
     * @param message the text
     * @param categories which may be none at all
     * @param at when
     */
    record Event(String source, String type, String arn, String message, List<String> categories, Instant at) {}

    void add(Event event) {
        events.add(event);
    }

    List<Event> all() {
        return List.copyOf(events);
    }
}
