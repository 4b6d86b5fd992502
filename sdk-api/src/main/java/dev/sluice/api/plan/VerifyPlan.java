// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import java.util.Optional;
import java.util.Set;

/**
 * A comparison of a replica with its source, of a replication that runs: the row VERIFY of its plan by itself, and nothing else. Usually
 * written as {@code sluice.live(plan).verifyAtOnePosition()}. It is data without secrets; equal plans are equal. Immutable and thread-safe.
 *
 * @param replication the plan that has set the replication up; it says what is compared, in which way, and how long that may take
 */
@CheckReturnValue
public record VerifyPlan(ReplicationPlan replication) implements Plan {
    public VerifyPlan {
        requireNonNull(replication, "replication");
    }

    @Override
    public ReplicaEndpoint replica() {
        return replication.replica();
    }

    @Override
    public Optional<SourceEndpoint> findSource() {
        return Optional.of(replication.source());
    }

    @Override
    public Set<Consent> consents() {
        return replication.consents();
    }
}
