// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.diagnosis.StuckTransaction;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import java.util.List;
import java.util.Optional;

/**
 * All that a row of the failure catalogue may judge by. Made by core, which has asked the servers already; the sessions are for what only one
 * row needs to know. Not thread-safe: one thread at a time.
 */
public interface Symptoms {
    /** What the replica said about itself. */
    ServerFacts replica();

    /** What the source said about itself; empty if none was named, or it could not be asked. */
    Optional<ServerFacts> source();

    /** Where the replica is to reach the source that was named. */
    Optional<ServerAddress> sourceAsSeenByReplica();

    /** The replica's default channel; empty if none is configured. */
    Optional<ChannelState> channel();

    /** What the applier could not apply; empty unless it stopped with an error. */
    Optional<StuckTransaction> stuck();

    /** The newest errors of the replica's error log, oldest first, shortened; empty where it cannot be read by SQL. */
    List<String> errorLog();

    /** A session on the replica, to read. */
    ServerSession replicaSession();

    /** A session on the source, to read. */
    Optional<ServerSession> sourceSession();

    /** How this kind of replica is changed. */
    ReplicaTreatments treatments();
}
