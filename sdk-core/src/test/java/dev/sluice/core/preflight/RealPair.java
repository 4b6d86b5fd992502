// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.spi.Check;
import dev.sluice.core.mysql.FactsReader;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Two real servers, as if they had just been started. */
final class RealPair implements AutoCloseable {
    private final SharedServers.Loan source;
    private final SharedServers.Loan replica;
    private String replicaUser;
    private String replicaPassword;

    private RealPair(SharedServers.Loan source, SharedServers.Loan replica) {
        this.source = source;
        this.replica = replica;
        this.replicaUser = replica.server().rootUser();
        this.replicaPassword = replica.server().rootPassword();
    }

    static RealPair of(MySqlRelease release, UnaryOperator<ServerOptions> replicaOptions) {
        return of(release, options -> options, release, replicaOptions);
    }

    static RealPair of(MySqlRelease release) {
        return of(release, release);
    }

    static RealPair of(MySqlRelease source, MySqlRelease replica) {
        return of(source, options -> options, replica, RealPair::takesFiles);
    }

    /** Both without GTIDs, which servers from 9 on have unless they are told otherwise. */
    static RealPair withoutGtids(MySqlRelease release) {
        UnaryOperator<ServerOptions> off =
                options -> options.setting("gtid_mode", "OFF").setting("enforce_gtid_consistency", "OFF");
        return of(release, off, release, off);
    }

    /** A source that loses nothing in a crash. */
    static RealPair durable(MySqlRelease release) {
        return of(
                release,
                options -> options.setting("sync_binlog", "1").setting("innodb_flush_log_at_trx_commit", "1"),
                release,
                RealPair::takesFiles);
    }

    private static ServerOptions takesFiles(ServerOptions options) {
        return options.setting("local_infile", "ON");
    }

    private static RealPair of(
            MySqlRelease source,
            UnaryOperator<ServerOptions> sourceOptions,
            MySqlRelease replica,
            UnaryOperator<ServerOptions> replicaOptions) {
        assumeTrue(source.availability().isEmpty(), () -> String.valueOf(source.availability()));
        assumeTrue(replica.availability().isEmpty(), () -> String.valueOf(replica.availability()));
        SharedServers servers = SharedServers.ofThisJvm();
        SharedServers.Loan lent = servers.borrow(source, sourceOptions);
        try {
            return new RealPair(lent, servers.borrow(replica, replicaOptions));
        } catch (RuntimeException failure) {
            lent.close();
            throw failure;
        }
    }

    MySqlServer source() {
        return source.server();
    }

    MySqlServer replica() {
        return replica.server();
    }

    /** From now on the plan logs in to the replica as this user. */
    void replicaUser(String user, String password) {
        replicaUser = user;
        replicaPassword = password;
    }

    private MySqlConnector connector(Target target) {
        MySqlServer server = target == Target.SOURCE ? source() : replica();
        String user = target == Target.SOURCE ? server.rootUser() : replicaUser;
        String password = target == Target.SOURCE ? server.rootPassword() : replicaPassword;
        return MySqlConnector.builder()
                .address(new ServerAddress(server.host(), server.port()))
                .user(user)
                .password(() -> password)
                .allowPlainText()
                .build();
    }

    private ServerFacts facts(Target target) {
        MySqlConnector connector = connector(target);
        try (MySqlSession session = connector.open(SessionUse.CONTROL)) {
            return FactsReader.read(TestServer.ENGINE, connector.address(), session);
        }
    }

    /** The plan on the servers as they are. */
    Situation situation(UnaryOperator<ReplicationPlan> change) {
        return new Situation(
                change.apply(Situation.PLAN.allowPlainText()), facts(Target.SOURCE), facts(Target.REPLICA), false);
    }

    List<Problem> refusals(UnaryOperator<ReplicationPlan> change) {
        return new ServerRules().problems(situation(change));
    }

    PreflightReport preflight(UnaryOperator<ReplicationPlan> change) {
        return preflight(situation(change), Preflight.DEFAULT_LIMIT);
    }

    PreflightReport preflight(Situation situation, Duration limit, Check... engineChecks) {
        return new Preflight(Clock.systemUTC(), limit)
                .run(Compiled.of(situation), situation, List.of(engineChecks), servers());
    }

    /** What one check finds. */
    List<Problem> ask(LiveCheck check, UnaryOperator<ReplicationPlan> change) {
        Situation situation = situation(change);
        try (CheckSessions sessions = new CheckSessions(servers())) {
            return check.problems(new CheckContext(Compiled.of(situation), situation, sessions));
        }
    }

    private CheckServers servers() {
        return new CheckServers() {
            @Override
            public CheckSession open(Target target) {
                return CheckSession.open(connector(target));
            }

            @Override
            public Optional<CheckSession> openOnSource(ReplicationAccount account) {
                MySqlServer server = source();
                return Optional.of(CheckSession.open(MySqlConnector.builder()
                        .address(new ServerAddress(server.host(), server.port()))
                        .user(account.user())
                        .password(() -> account.password().orElseThrow().reference())
                        .allowPlainText()
                        .build()));
            }

            @Override
            public int copyConnections(Target target) {
                return 8;
            }
        };
    }

    @Override
    public void close() {
        replica.close();
        source.close();
    }
}
