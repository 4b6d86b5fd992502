// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.ServerAccess;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.dump.DumpEnd;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.plan.PlanContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The two servers of a run, or the one that an end plan has. One thread at a time. */
final class RunServers implements AutoCloseable {
    private final Connectors connectors;
    private final StepContext context;
    private final SessionTags tags;
    private final Runnable stillOurs;
    private final Duration answer;
    private final Cancellation cancellation;
    private final FixedServers fixed;
    private boolean hasSource;
    private @Nullable ServerLink source;
    private @Nullable ServerLink replica;
    private final SeedServer seed;
    private @Nullable ServerLink seedLink;
    private Cancellation bound;

    /**
     * Connects to nothing yet.
     *
     * @param stillOurs throws if another process drives the run by now; asked after each opening of a session, since who takes a run over
     *     ends the sessions that it finds
     * @param told what people have told of an action, by its id
     * @param answer how long a link waits for the answer to a statement
     * @param cancellation kills what runs on the links
     */
    RunServers(
            Connectors connectors,
            CompiledPlan compiled,
            SessionTags tags,
            Runnable stillOurs,
            Function<String, Optional<String>> told,
            Duration answer,
            Cancellation cancellation) {
        this.seed = new SeedServer(connectors.engines(), compiled, tags.run(), told);
        this.fixed = FixedServers.of(compiled, connectors.engines());
        this.connectors = connectors;
        this.context = PlanContext.of(compiled);
        this.tags = tags;
        this.stillOurs = stillOurs;
        this.answer = answer;
        this.cancellation = cancellation;
        this.bound = cancellation;
        this.hasSource = findEndpoint(compiled.plan(), Target.SOURCE).isPresent();
    }

    /** The same where some are gone for good: nothing is done there. Said before any is used. */
    RunServers without(Set<Target> lost) {
        hasSource = hasSource && !lost.contains(Target.SOURCE);
        return this;
    }

    private ServerLink link(Endpoint endpoint, Target target) {
        Optional<ServerAccess> access = connectors.engines().of(endpoint).access();
        return access.isPresent()
                ? new AccessLink(access.get(), endpoint, target, context)
                : new MySqlLink(connector(target, attributes(target), answer), cancellation);
    }

    private MySqlConnector connector(Target target, Map<String, String> attributes, Duration patience) {
        return connectors.to(endpoint(target), plainText(), attributes, patience, opened(target));
    }

    /** Looks at each new session whether run and server are still this process's and the run's. */
    private Consumer<MySqlSession> opened(Target target) {
        return session -> {
            stillOurs.run();
            fixed.require(target, session);
        };
    }

    /** The connection to a server. */
    ServerLink link(Target target) {
        if (target == Target.SEED) {
            return seedLink();
        }
        if (target == Target.REPLICA) {
            return replicaLink();
        }
        if (target != Target.SOURCE || !hasSource) {
            throw new IllegalStateException("This plan has no single server " + target);
        }
        return sourceLink();
    }

    private ServerLink sourceLink() {
        ServerLink link = source;
        if (link == null) {
            link = link(endpoint(Target.SOURCE), Target.SOURCE);
            link.endWith(bound);
            source = link;
        }
        return link;
    }

    /** One that the plan creates cannot be looked up before it is there, and nobody can look up one that is gone. */
    private ServerLink replicaLink() {
        ServerLink link = replica;
        if (link == null) {
            link = link(endpoint(Target.REPLICA), Target.REPLICA);
            link.endWith(bound);
            replica = link;
        }
        return link;
    }

    /** Its address may be known only now. */
    private ServerLink seedLink() {
        ServerLink link = seedLink;
        if (link == null) {
            link = link(seed.endpoint(), Target.SEED);
            link.endWith(bound);
            seedLink = link;
        }
        return link;
    }

    /** Whose servers they are. */
    RunId run() {
        return tags.run();
    }

    /** A new connector to a server, for work that opens sessions of its own. */
    MySqlConnector connector(Target target) {
        return connector(target, attributes(target), MySqlConnector.DEFAULT_CONTROL_TIMEOUT);
    }

    /** A new connector to a server that is no part of the plan, for looks at it. */
    MySqlConnector connectorForLooks(Endpoint endpoint) {
        return connectors.to(endpoint, plainText(), tags.as(SessionTags.Role.SOURCE));
    }

    /** A new connector to the replica for the session that claims it. */
    MySqlConnector claimant() {
        return connector(Target.REPLICA, tags.as(SessionTags.Role.CLAIM), ReplicaClaim.ANSWER);
    }

    /** A new connector to the source for the session that claims the replica there. */
    MySqlConnector claimantOnSource() {
        return connector(Target.SOURCE, tags.as(SessionTags.Role.CLAIM), ReplicaClaim.ANSWER);
    }

    boolean hasSource() {
        return hasSource;
    }

    /** What the provider calls the answering server for as long as it exists; empty if nobody can tell. */
    Optional<String> lastingId(Target target) {
        return engine(target)
                .failovers()
                .flatMap(failovers ->
                        failovers.lastingId(endpoint(target), link(target).session()));
    }

    /** What an endpoint is called. */
    String label(Target target) {
        return endpoint(target).label();
    }

    /** Where an endpoint answers. */
    ServerAddress address(Target target) {
        return connectors.address(endpoint(target));
    }

    private Map<String, String> attributes(Target target) {
        return tags.as(target == Target.REPLICA ? SessionTags.Role.REPLICA : SessionTags.Role.SOURCE);
    }

    /** How client programs log in to a server. */
    DumpEnd dumpEnd(Target target) {
        return connectors.forPrograms(endpoint(target), plainText(), attributes(target), opened(target));
    }

    private Connectors.PlainText plainText() {
        return Connectors.PlainText.of(context.plan().consents());
    }

    /** The engine of a server; of the replica for what works on both. */
    Engine engine(Target target) {
        return connectors.engines().of(endpoint(target == Target.BOTH ? Target.REPLICA : target));
    }

    /** Whether one of the servers is managed by a provider whose API is asked. */
    boolean hasControlPlane() {
        return Stream.of(Target.SOURCE, Target.REPLICA)
                .flatMap(target -> findEndpoint(context.plan(), target).stream())
                .anyMatch(endpoint ->
                        connectors.engines().of(endpoint).controlPlane().isPresent());
    }

    /** The management APIs of these servers, for undos. */
    UndoCalls undoCalls() {
        return new UndoCalls(
                target -> engine(target).controlPlane().map(plane -> call -> plane.perform(call, context)), tags.run());
    }

    private Endpoint endpoint(Target target) {
        if (target == Target.SEED) {
            return seed.endpoint();
        }
        return findEndpoint(context.plan(), target)
                .orElseThrow(() -> new IllegalStateException("This plan has no " + target));
    }

    static Optional<Endpoint> findEndpoint(Plan plan, Target target) {
        return target == Target.SOURCE ? plan.findSource().map(Endpoint.class::cast) : Optional.of(plan.replica());
    }

    /** Has all that runs on the links end with this, until it is closed; then with the run again. */
    Bound endWith(Cancellation earlier) {
        bindTo(earlier);
        return () -> bindTo(cancellation);
    }

    private void bindTo(Cancellation now) {
        bound = now;
        links(link -> link.endWith(now));
    }

    /** For a while, something earlier than the run's end ends what runs on the links. */
    interface Bound extends AutoCloseable {
        @Override
        void close();
    }

    private void links(Consumer<ServerLink> each) {
        if (source != null) {
            each.accept(source);
        }
        if (replica != null) {
            each.accept(replica);
        }
        if (seedLink != null) {
            each.accept(seedLink);
        }
    }

    /** Lets go of sessions that may be broken. */
    void reset() {
        links(ServerLink::reset);
    }

    @Override
    public void close() {
        links(ServerLink::close);
    }
}
