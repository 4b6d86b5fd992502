// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.Map;

/**
 * A call that the API got. Immutable and thread-safe.
 *
 * @param region for which it was signed, such as {@code eu-west-1}
 * @param action such as {@code ModifyDBInstance}
 * @param parameters by name, without action and version, as in {@code Tags.Tag.1.Key}
 */
public record ApiCall(String region, String action, Map<String, String> parameters) {
    public ApiCall {
        parameters = Map.copyOf(parameters);
    }

    /** Whether it changes something. */
    public boolean modifies() {
        return !action.startsWith("Describe") && !action.startsWith("List");
    }
}
