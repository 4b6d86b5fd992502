// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import java.util.Map;

/**
 * A call that the RDS API got. Immutable and thread-safe.
 *
 * @param action such as {@code ModifyDBInstance}
 * @param parameters by name, without action and version
 */
public record ApiCall(String action, Map<String, String> parameters) {
    public ApiCall {
        parameters = Map.copyOf(parameters);
    }

    /** Whether it changes something. */
    public boolean modifies() {
        return !action.startsWith("Describe") && !action.startsWith("List");
    }
}
