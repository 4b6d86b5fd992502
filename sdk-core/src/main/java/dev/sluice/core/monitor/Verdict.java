// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import dev.sluice.api.run.ReplicationHealth;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A health and why. */
record Verdict(ReplicationHealth health, String reason) {
    /** @param details that are empty are left out */
    static Verdict of(ReplicationHealth health, String... details) {
        return new Verdict(
                health,
                Stream.concat(Stream.of(health.meaning()), Stream.of(details))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("; ")));
    }
}
