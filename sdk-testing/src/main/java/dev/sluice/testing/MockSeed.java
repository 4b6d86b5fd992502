// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.plan.Seed;
import org.jspecify.annotations.Nullable;

/**
 * A way to snapshot a mock source, given to {@link MockEngine#offers}. It makes a temporary server or artefact by a call of the mock engine's
 * management API, tells the coordinates, and removes it again. Immutable and thread-safe.
 *
 * @param seed its name in plans
 * @param artefactOrNull the name of what it leaves behind, or null for a server that rows are copied from
 * @param unfitOrNull why it does not work, or null if it does
 */
public record MockSeed(
        Seed seed,
        @Nullable String artefactOrNull,
        @Nullable String unfitOrNull) {
    public MockSeed {
        requireNonNull(seed, "seed");
    }

    /** A way that leaves a server behind that rows are copied from. */
    public static MockSeed ofRows(String name) {
        return new MockSeed(new Seed(name), null, null);
    }

    /** A way that leaves something behind that only a replica which {@link MockEngine#accepts} it can be loaded from. */
    public static MockSeed of(String name, String artefact) {
        return new MockSeed(new Seed(name), artefact, null);
    }

    /** The same, which never works, for this reason. */
    public MockSeed unfitBecause(String reason) {
        return new MockSeed(seed, artefactOrNull, reason);
    }
}
