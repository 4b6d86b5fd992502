// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.LockKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Teaches Sluice one kind of server: how each row of the guide is done on it, as a source and as a replica. Given to
 * {@code Sluice.builder().engines(…)} by name. Implementations are thread-safe.
 */
public interface Engine extends AutoCloseable {
    /** The kind of server; each endpoint names it. */
    EngineId id();

    /** Return {@link Spi#LEVEL}: the compiler copies the level into the engine. */
    int builtForSpi();

    /** Writes and reads this engine's endpoints. */
    EndpointCodec endpoints();

    /** Where the endpoint answers; looked up where the endpoint does not say it. */
    ServerAddress locate(Endpoint endpoint);

    /** Asks a server about itself, read-only. */
    ServerFacts facts(Endpoint endpoint, ServerAddress address, ServerSession session);

    /**
     * What a replica that the plan is to create will say about itself, as far as it follows from the source: see
     * {@link ServerFacts#expectedOfCopy}. Empty if the server is there and was made by a run for this very source: then it is asked like any
     * other. Reads only.
     *
     * @param from the plan's source
     * @param source its facts
     * @throws dev.sluice.api.error.StepException if something else has its name, or nobody can tell
     * @throws UnsupportedOperationException if plans create no servers of this kind
     */
    default Optional<ServerFacts> expectedFacts(ReplicaEndpoint replica, SourceEndpoint from, ServerFacts source) {
        throw new UnsupportedOperationException("Plans create no servers of " + id());
    }

    /** The rows of the guide that are done on a source of this kind. */
    List<Step> sourceSteps();

    /** The rows of the guide that are done on a replica of this kind. */
    List<Step> replicaSteps();

    /** How a source of this kind can hold writers up while snapshots open, the preferred way first. */
    List<LockKind> snapshotLocks();

    /**
     * The rows by which one table of a replica of this kind is copied anew besides those of core: {@code HOLD_APPLIER}, {@code LEAVE_TABLE_OUT},
     * {@code REACH_COPY} and {@code PUT_TABLE_IN}. Empty where that cannot be done: such plans are then refused.
     */
    default List<Step> tableCopySteps() {
        return List.of();
    }

    /**
     * How long a source of this kind keeps its binary logs, as its facts have it: zero if nobody promises anything, empty if for ever or unknown.
     */
    default Optional<Duration> binlogRetention(ServerFacts source) {
        return Optional.empty();
    }

    /** The ways to snapshot a source of this kind besides the logical copy, which core offers for every source. */
    default List<SeedOffer> seedOffers() {
        return List.of();
    }

    /** The ways to load a replica of this kind besides row by row, which core does for every replica. */
    default List<SeedAcceptance> seedAcceptances() {
        return List.of();
    }

    /** What is looked at before a run whose source is of this kind. */
    default List<Check> sourceChecks() {
        return List.of();
    }

    /** What is looked at before a run whose replica is of this kind. */
    default List<Check> replicaChecks() {
        return List.of();
    }

    /** The management API, if the engine was given credentials for one; without it each call becomes an action for a person. */
    default Optional<ControlPlane> controlPlane() {
        return Optional.empty();
    }

    /** How replicas of this kind are followed through a failover; empty where none is recognised, so that it ends a run. */
    default Optional<Failovers> failovers() {
        return Optional.empty();
    }

    /** How the applier of replicas of this kind is stopped at one position; empty if it cannot be. */
    default Optional<ApplierStops> applierStops() {
        return Optional.empty();
    }

    /** How replicas of this kind are made to replicate again; those that say nothing are only diagnosed. */
    default ReplicaTreatments treatments() {
        return ReplicaTreatments.NONE;
    }

    /** What goes wrong with replicas of this kind besides what core's own catalogue of failures has, or in another way. */
    default List<FailureRow> failureRows() {
        return List.of();
    }

    /** How this engine's servers are reached, if not by MySQL's protocol; empty for every real server. */
    default Optional<ServerAccess> access() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
