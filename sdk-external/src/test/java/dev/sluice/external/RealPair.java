// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.core.mysql.CoordinatesReader;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.mysql.Sql;
import dev.sluice.core.run.GuardValue;
import dev.sluice.testing.MockContext;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Two real servers, and the least that can carry out steps on them: it fills holes, executes, and plays undos backwards. */
final class RealPair implements AutoCloseable {
    static final String PASSWORD = "it's a\\ secret";

    private final TwoServers servers;
    private final Deque<Done> done = new ArrayDeque<>();
    private @Nullable MySqlSession source;
    private @Nullable MySqlSession replica;
    private @Nullable Coordinates snapshot;

    private record Done(Target target, Undo undo) {}

    RealPair(
            MySqlRelease release,
            UnaryOperator<ServerOptions> sourceOptions,
            UnaryOperator<ServerOptions> replicaOptions) {
        assumeThat(release.availability()).isEmpty();
        servers = TwoServers.borrow(release, sourceOptions, release, replicaOptions);
    }

    MySqlServer sourceServer() {
        return servers.source();
    }

    MySqlServer replicaServer() {
        return servers.replica();
    }

    MySqlSession source() {
        source = source == null ? open(sourceServer()) : source;
        return source;
    }

    MySqlSession replica() {
        replica = replica == null ? open(replicaServer()) : replica;
        return replica;
    }

    private static MySqlSession open(MySqlServer server) {
        return MySqlConnector.builder()
                .address(address(server))
                .user(server.rootUser())
                .password(server::rootPassword)
                .allowPlainText()
                .build()
                .open(SessionUse.CONTROL);
    }

    private static ServerAddress address(MySqlServer server) {
        return new ServerAddress(server.host(), server.port());
    }

    /** After a restart of one of the servers. */
    void reconnect() {
        source = open(sourceServer());
        replica = open(replicaServer());
    }

    static ExternalMySql endpoint(MySqlServer server) {
        return TwoServers.endpoint(server, "root");
    }

    /** A plan from one to the other, with a given password for the replication account. */
    ReplicationPlan plan() {
        return ReplicationPlan.from(endpoint(sourceServer()))
                .to(endpoint(replicaServer()))
                .allowPlainText();
    }

    /** The servers as they are now. */
    MockContext context(Plan plan) {
        ServerFacts sourceFacts = facts(sourceServer(), source());
        ServerFacts replicaFacts = facts(replicaServer(), replica());
        MockContext context = plan instanceof ReplicationPlan replication
                ? MockContext.of(replication, sourceFacts, replicaFacts)
                : MockContext.of((dev.sluice.api.plan.EndPlan) plan, sourceFacts, replicaFacts);
        return snapshot == null ? context : context.coordinates(snapshot);
    }

    private static ServerFacts facts(MySqlServer server, MySqlSession session) {
        return ExternalEngine.create().facts(endpoint(server), address(server), session);
    }

    /** Takes the source's coordinates of now for those of a snapshot. */
    void takeSnapshot() {
        snapshot = new CoordinatesReader(Dialect.of(source().version()), Clock.systemUTC()).read(source(), "", "test");
    }

    Look look(Step step, MockContext compiled) {
        return step.look(compiled.sourceSession(source()).replicaSession(replica()));
    }

    /** Looks until the step knows what it sees. */
    Look lookUntilKnown(Step step, MockContext compiled) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> look(step, compiled), look -> !(look instanceof Look.Unknown));
    }

    /** Does what a look misses. */
    void perform(MockContext compiled, Look look) {
        Look.Missing missing = (Look.Missing) look;
        for (Operation operation : compiled.step().operations()) {
            if (missing.operationIds().contains(operation.id())) {
                perform((SqlOperation) operation);
            }
        }
    }

    private void perform(SqlOperation operation) {
        Target target = operation.info().target();
        operation.info().undos().forEach(undo -> done.push(new Done(target, undo)));
        execute(target, operation.statement());
    }

    private void execute(Target target, Statement statement) {
        session(target).execute(Sql.complete(statement, secret -> PASSWORD, slot -> snapshot));
    }

    private MySqlSession session(Target target) {
        return target == Target.SOURCE ? source() : replica();
    }

    /** Plays the undos of everything that was done, newest first, each only if its guard holds. */
    void undoAll() {
        while (!done.isEmpty()) {
            Done next = done.pop();
            boolean holds = next.undo()
                    .onlyIf()
                    .map(only -> GuardValue.isStill(only, session(next.target())))
                    .orElse(true);
            if (!holds) {
                throw new AssertionError("The guard does not hold of: " + next.undo());
            }
            execute(next.target(), next.undo().statement());
        }
    }

    void awaitOnReplica(String query, String value) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> replica().queryValue(query).orElse(""), value::equals);
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
        if (replica != null) {
            replica.close();
        }
        servers.close();
    }
}
