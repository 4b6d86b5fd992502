// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.facts;

import java.util.List;

/**
 * A stored procedure in schema {@code mysql} that the server offers, with its parameters' names in order. Immutable and
 * thread-safe.
 */
public record Routine(String name, List<String> parameters) {
    public Routine {
        parameters = List.copyOf(parameters);
    }
}
