// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.spi.LiveContext;

/**
 * Two situations for one of an engine's checks, for {@link EngineContract}: one in which it finds something at its own level, and one, as like
 * it as can be, in which it finds nothing. Immutable.
 *
 * @param check the check's id
 * @param fires the first, with sessions if the check asks the servers
 * @param silent the second
 */
public record CheckCase(String check, LiveContext fires, LiveContext silent) {
    public CheckCase {
        requireNonNull(check, "check");
        requireNonNull(fires, "fires");
        requireNonNull(silent, "silent");
    }
}
