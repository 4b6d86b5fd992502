// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.endpoint;

import static java.util.Objects.requireNonNull;

/**
 * The name of one kind of server and of the engine that knows it, such as {@code external-mysql}. Immutable and thread-safe.
 *
 * @param value lower-case letters, digits and dashes
 */
public record EngineId(String value) {
    public EngineId {
        requireNonNull(value, "value");
        if (!value.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "An engine id has lower-case letters, digits and dashes, not '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
