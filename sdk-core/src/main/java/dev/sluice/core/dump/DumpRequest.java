// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.plan.Scope;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.copy.CopyRequest.ReplicaBinlog;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What client programs copy, and from where to where. Immutable; thread-safe if the catalog's supplier is.
 *
 * @param programs the programs
 * @param source where {@code mysqldump} logs in
 * @param replica where {@code mysql} logs in
 * @param scope what is copied: whole databases, with or without excluded tables
 * @param catalog the scope's definitions as they were read last; asked again for each try of a snapshot and for the load
 * @param binlog whether the load may stay out of the replica's binary log
 * @param longestSilence after which time without any byte the copy is ended; positive
 */
public record DumpRequest(
        ClientPrograms programs,
        DumpEnd source,
        DumpEnd replica,
        Scope scope,
        Supplier<Catalog> catalog,
        ReplicaBinlog binlog,
        Duration longestSilence) {
    /** The longest silence where none is given: a statement of 1 GiB on a slow replica takes its time. */
    public static final Duration DEFAULT_SILENCE = Duration.ofHours(2);

    public DumpRequest {
        requireNonNull(programs, "programs");
        requireNonNull(source, "source");
        requireNonNull(replica, "replica");
        requireNonNull(scope, "scope");
        requireNonNull(catalog, "catalog");
        requireNonNull(binlog, "binlog");
        if (longestSilence.isNegative() || longestSilence.isZero()) {
            throw new IllegalArgumentException("The longest silence is positive, not " + longestSilence);
        }
    }
}
