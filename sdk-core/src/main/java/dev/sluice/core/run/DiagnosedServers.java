// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.error.EngineException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.Engine;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.plan.PlanCode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The servers of a replication that somebody has diagnosed. Thread-safe: each call opens sessions of its own. */
public final class DiagnosedServers {
    private final Connectors connectors;
    private final ReplicaEndpoint replica;
    private final @Nullable SourceEndpoint source;
    private final Connectors.PlainText plainText;

    /**
     * Connects to nothing yet.
     *
     * @param source null if nobody names one
     * @throws EngineException if an endpoint's engine reaches its servers in a way of its own, as mock engines do
     */
    public DiagnosedServers(
            Connectors connectors, ReplicaEndpoint replica, @Nullable SourceEndpoint source, Set<Consent> consents) {
        this.connectors = connectors;
        this.replica = replica;
        this.source = source;
        this.plainText = Connectors.PlainText.of(consents);
        requireMySql(replica);
        if (source != null) {
            requireMySql(source);
        }
    }

    private void requireMySql(Endpoint endpoint) {
        if (connectors.engines().of(endpoint).access().isPresent()) {
            throw new EngineException(Problem.of(
                    PlanCode.NO_ENGINE, "Servers of " + endpoint.engine() + " do not speak MySQL's protocol"));
        }
    }

    /** What people call the replica. */
    public String label() {
        return replica.label();
    }

    /** The replica's engine. */
    public Engine replicaEngine() {
        return connectors.engines().of(replica);
    }

    /** Whether a source was named. */
    public boolean hasSource() {
        return source != null;
    }

    /** A session and what the server behind it says about itself. */
    public record Asked(MySqlSession session, ServerFacts facts) implements AutoCloseable {
        @Override
        public void close() {
            session.close();
        }
    }

    /**
     * Asks the replica.
     *
     * @throws StepException if it cannot be asked
     */
    public Asked askReplica() {
        return ask(replica);
    }

    /**
     * Asks the source.
     *
     * @throws StepException if it cannot be asked
     * @throws IllegalStateException if nobody named one
     */
    public Asked askSource() {
        return ask(namedSource());
    }

    private Asked ask(Endpoint endpoint) {
        MySqlConnector connector = connector(endpoint);
        MySqlSession session = connector.open(SessionUse.CONTROL);
        try {
            return new Asked(session, connectors.engines().of(endpoint).facts(endpoint, connector.address(), session));
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    /** Where the replica is to reach the source. */
    public ServerAddress sourceAsSeenByReplica() {
        return namedSource().addressForReplica().orElseGet(() -> connectors.address(namedSource()));
    }

    private SourceEndpoint namedSource() {
        if (source == null) {
            throw new IllegalStateException("No source was named");
        }
        return source;
    }

    /** How the replica's default channel is now; empty if none is configured. */
    public Optional<ReplicaHealth> health() {
        try (MySqlSession session = connector(replica).open(SessionUse.CONTROL)) {
            return ReplicaStatusReader.readDefault(session, Dialect.of(session.version()))
                    .map(ReplicaStatus::health);
        }
    }

    /** Links for changes; who asks for one closes it. */
    ServerLink replicaLink(Cancellation cancellation) {
        return new MySqlLink(connector(replica), cancellation);
    }

    ServerLink sourceLink(Cancellation cancellation) {
        return new MySqlLink(connector(namedSource()), cancellation);
    }

    /** Keeps runs and other remedies off the replica; none gets it while a run works there. */
    Claim claim(Runnable lost) {
        return ReplicaClaim.of(
                connectors.to(replica, plainText, Map.of(), ReplicaClaim.ANSWER), "sluice-remedy-claim", lost);
    }

    /** A password that is made up for the account by which the replica logs in. */
    ReplicationPassword newPassword() {
        return new ReplicationPassword(Optional.empty(), false, connectors.secrets());
    }

    private MySqlConnector connector(Endpoint endpoint) {
        return connectors.to(endpoint, plainText, Map.of());
    }
}
