// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.compiled;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.Positioning;
import java.util.List;
import java.util.Optional;

/**
 * A plan compiled into steps for the servers as their facts describe them. What {@link #explain()} shows is what a run does: both
 * read the same operations. Immutable and thread-safe. Made by Sluice; not for implementing.
 */
public interface CompiledPlan {
    /** The plan that was compiled. */
    Plan plan();

    /** The source's facts at that time; empty for an end plan without a source. */
    Optional<ServerFacts> sourceFacts();

    /** The replica's facts at that time. */
    ServerFacts replicaFacts();

    /** How the replica will find its place. */
    Positioning positioning();

    /** The steps in order. */
    List<CompiledStep> steps();

    /**
     * A digest of the operations and of the servers' identities. Two compiled plans with one fingerprint do the same to the same
     * servers.
     */
    String fingerprint();

    /** Every step with its statements and calls. Touches no server. */
    Explanation explain();
}
