// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.Map;
import java.util.TreeMap;

/**
 * A call that the API got. Immutable and thread-safe.
 *
 * @param region for which it was signed, such as {@code eu-west-1}
 * @param action such as {@code ModifyDBInstance}
 * @param parameters by name, without action and version, as in {@code Tags.Tag.1.Key}; passwords are not in it
 */
public record ApiCall(String region, String action, Map<String, String> parameters) {
    public ApiCall {
        Map<String, String> copy = new TreeMap<>(parameters);
        copy.computeIfPresent("MasterUserPassword", (name, password) -> "***");
        parameters = Map.copyOf(copy);
    }

    /** Whether it changes something. */
    public boolean modifies() {
        return !action.startsWith("Describe") && !action.startsWith("List");
    }
}
