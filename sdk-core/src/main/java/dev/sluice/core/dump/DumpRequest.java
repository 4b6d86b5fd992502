// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.plan.Scope;
import java.time.Duration;

/**
 * What programs copy, and from where to where. Immutable and thread-safe.
 *
 * @param source where the dump logs in
 * @param replica where the load logs in
 * @param scope what is copied
 * @param longestSilence after which time without any byte the copy is ended; positive
 */
public record DumpRequest(DumpEnd source, DumpEnd replica, Scope scope, Duration longestSilence) {
    /** The longest silence where none is given, two hours: a statement of 1 GiB on a slow replica takes its time. */
    public static final Duration DEFAULT_SILENCE = Duration.ofHours(2);

    public DumpRequest {
        requireNonNull(source, "source");
        requireNonNull(replica, "replica");
        requireNonNull(scope, "scope");
        if (longestSilence.isNegative() || longestSilence.isZero()) {
            throw new IllegalArgumentException("The longest silence is positive, not " + longestSilence);
        }
    }

    /** The same with the default for the longest silence. */
    public DumpRequest(DumpEnd source, DumpEnd replica, Scope scope) {
        this(source, replica, scope, DEFAULT_SILENCE);
    }
}
