// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.spi.Symptoms;
import java.util.Optional;

/** Whether others than the applier can write, or have written, on the replica. */
final class Writable {
    private Writable() {}

    static Optional<String> told(Symptoms symptoms) {
        String readOnly = symptoms.replica().isOn("super_read_only")
                ? "super_read_only = ON"
                : symptoms.replica().isOn("read_only")
                        ? "read_only = ON, but not for administrators"
                        : "read_only = OFF";
        String own = symptoms.replica().serverUuid();
        boolean wrote = MySqlGtidSet.parse(symptoms.replica().gtidExecuted()).intervals().keySet().stream()
                .anyMatch(origin ->
                        origin.toLowerCase(java.util.Locale.ROOT).startsWith(own.toLowerCase(java.util.Locale.ROOT)));
        return Optional.of("on the replica " + readOnly
                + (wrote && !own.isEmpty() ? ", and it has transactions of its own: somebody wrote there" : ""));
    }
}
