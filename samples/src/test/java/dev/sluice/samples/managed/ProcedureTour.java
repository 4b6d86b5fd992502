// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.samples.managed.ManagedServers.Kind;
import dev.sluice.samples.managed.ManagedServers.Member;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.ServerOptions;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Everything that Sluice does on servers of one flavour by AWS's procedures, between two of them. What the flavour has no procedure for is
 * refused before anything is changed.
 */
final class ProcedureTour {
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration HOURS = Duration.ofHours(48);

    private final RdsFlavour flavour;
    private final Set<String> called = new TreeSet<>();
    private final Set<String> offered = new TreeSet<>();

    ProcedureTour(RdsFlavour flavour) {
        this.flavour = flavour;
    }

    /** What was called, as {@code name/arguments}. */
    Set<String> called() {
        return called;
    }

    /** What the servers have, in the same way. */
    Set<String> offered() {
        return offered;
    }

    void go() throws InterruptedException {
        leg(false, this::followsSkipsAndEnds);
        leg(true, this::skipsATransaction);
        leg(false, this::staysBehind);
        leg(false, this::stopsAtAPosition);
        leg(true, this::stopsAtGtids);
        if (flavour.isAurora()) {
            leg(false, this::takesCertificates);
        }
    }

    private interface Leg {
        void go(Ready ready) throws InterruptedException;
    }

    /** Two servers with a table, and a Sluice. */
    private record Ready(Member source, Member replica, Sluice sluice) {
        void run(Plan plan) throws InterruptedException {
            assertThat(sluice.start(sluice.compile(plan)).await().state()).isEqualTo(RunState.SUCCEEDED);
        }

        void isNotOffered(Plan plan) {
            PlanRejectedException refused =
                    catchThrowableOfType(PlanRejectedException.class, () -> sluice.compile(plan));
            assertThat(refused).as("refused").isNotNull();
            assertThat(refused.problems())
                    .anySatisfy(problem -> assertThat(problem.code().id()).isEqualTo("RDS-207"));
        }

        void end(ReplicationPlan plan) throws InterruptedException {
            EndPlan end = EndPlan.of(replica.replica())
                    .source(source.source())
                    .dropReplicationUser("sluice_repl", "%")
                    .restoreDefaultRetention();
            for (Consent consent : plan.consents()) {
                end = end.allow(consent);
            }
            run(end);
        }
    }

    private void leg(boolean gtid, Leg leg) throws InterruptedException {
        try (ManagedServers servers = new ManagedServers()) {
            certificates(servers);
            Member source = member(servers, "source", gtid);
            Member replica = member(servers, "replica", gtid);
            source.server()
                    .execute(
                            "CREATE DATABASE shop",
                            "CREATE TABLE shop.item (id INT PRIMARY KEY)",
                            "INSERT INTO shop.item VALUES (1)");
            offered.addAll(ProcedureCalls.offeredBy(replica.server()));
            StatementsSeen statements = StatementsSeen.on(source, replica);
            try (Sluice sluice = servers.sluice()) {
                leg.go(new Ready(source, replica, sluice));
            }
            called.addAll(ProcedureCalls.among(statements.all()));
        }
    }

    private static void certificates(ManagedServers servers) {
        servers.secret("ca", "-----BEGIN CERTIFICATE-----\nY2E=\n-----END CERTIFICATE-----\n");
        servers.secret("certificate", "-----BEGIN CERTIFICATE-----\nY2VydA==\n-----END CERTIFICATE-----\n");
        servers.secret("key", "-----BEGIN RSA PRIVATE KEY-----\nbm90IGEga2V5\n-----END RSA PRIVATE KEY-----\n");
    }

    private Member member(ManagedServers servers, String id, boolean gtid) {
        UnaryOperator<ServerOptions> options = any -> {
            // AWS's name: the procedure that goes on to the next file takes it for granted.
            ServerOptions named = Series.gtids(any, gtid).setting("log_bin", "mysql-bin-changelog");
            return Series.of(flavour) == Series.V5_7 ? named : named.setting("replica_parallel_workers", "1");
        };
        return servers.member(flavour.isAurora() ? Kind.AURORA : Kind.RDS, Series.of(flavour), id, options);
    }

    private ReplicationPlan allowed(ReplicationPlan plan) {
        return Series.of(flavour) == Series.V5_7 ? plan.allowPlainText() : plan;
    }

    private ReplicationPlan plain(Ready ready) {
        return allowed(ready.source()
                .to(ready.replica())
                .replicationUserHost("%")
                .withBinlogPosition()
                .retainBinlogs(HOURS));
    }

    private ReplicationPlan repair(Ready ready, Asked asked) {
        return allowed(asked.plan(ready.source(), ready.replica())
                .until(GuideStep.ENABLE_REPLICATION)
                .allowSkippedChanges());
    }

    private void followsSkipsAndEnds(Ready ready) throws InterruptedException {
        ready.run(plain(ready));
        Stuck.atRow(ready.source().server(), ready.replica().server(), 10);
        ready.run(repair(ready, Asked.skippingError()));
        Stuck.awaitRow(ready.replica().server(), 11);
        int removed =
                Stuck.atRemovedLog(ready.source().server(), ready.replica().server(), 20);
        ready.run(repair(ready, Asked.leavingLog(removed)));
        Stuck.awaitRow(ready.replica().server(), 20);
        ready.end(plain(ready));
    }

    /** By GTIDs where the flavour has the procedure for them, otherwise by position between servers that have them. */
    private void skipsATransaction(Ready ready) throws InterruptedException {
        boolean follows =
                flavour == RdsFlavour.MYSQL_8_0 || flavour == RdsFlavour.AURORA_3 || flavour == RdsFlavour.AURORA_8_4;
        ReplicationPlan plan = follows ? plain(ready).withGtid() : plain(ready);
        ready.run(plan);
        Stuck.atRow(ready.source().server(), ready.replica().server(), 10);
        ReplicationPlan repair = repair(ready, Asked.skippingTransaction(beforeLast(ready.source())));
        ready.run(follows ? repair.withGtid() : repair);
        Stuck.awaitRow(ready.replica().server(), 11);
        ready.end(plan);
    }

    private static String gtids(Member server) {
        return String.valueOf(
                server.server().query("SELECT @@GLOBAL.gtid_executed").get(0).get(0));
    }

    private static String beforeLast(Member source) {
        String all = gtids(source);
        long last = Long.parseLong(all.substring(all.lastIndexOf('-') + 1));
        return all.substring(0, all.indexOf(':') + 1) + (last - 1);
    }

    private void staysBehind(Ready ready) throws InterruptedException {
        ReplicationPlan plan = allowed(Asked.delay(A_SECOND).plan(ready.source(), ready.replica()));
        if (flavour == RdsFlavour.AURORA_2 || flavour == RdsFlavour.AURORA_3) {
            ready.isNotOffered(plan);
            return;
        }
        ready.run(plan);
        assertThat(ready.replica()
                        .server()
                        .query("SELECT DESIRED_DELAY FROM performance_schema.replication_applier_configuration"
                                + " WHERE CHANNEL_NAME = ''")
                        .get(0)
                        .get(0))
                .isEqualTo("1");
    }

    private void stopsAtAPosition(Ready ready) throws InterruptedException {
        String file = Stuck.file(ready.source().server());
        // Beyond what the preparations write, and before any further file.
        long later = Stuck.position(ready.source().server()) + 20_000;
        stops(ready, Asked.untilPosition(file, later));
    }

    private void stopsAtGtids(Ready ready) throws InterruptedException {
        String all = gtids(ready.source());
        stops(ready, Asked.untilGtids(all.substring(0, all.indexOf(':') + 1) + "100000"));
    }

    private void stops(Ready ready, Asked point) throws InterruptedException {
        ReplicationPlan plan =
                allowed(point.plan(ready.source(), ready.replica()).until(GuideStep.ENABLE_REPLICATION));
        if (flavour == RdsFlavour.AURORA_2 || flavour == RdsFlavour.AURORA_8_4) {
            ready.isNotOffered(plan);
            return;
        }
        ready.run(plan);
        ready.source().server().execute("INSERT INTO shop.item VALUES (2)");
        Stuck.awaitRow(ready.replica().server(), 2);
    }

    /** Which stay when the run is cancelled: those that were there before could not be brought back. */
    private void takesCertificates(Ready ready) throws InterruptedException {
        ReplicationPlan plan = allowed(Asked.tlsMaterial().plan(ready.source(), ready.replica()))
                .pauseBefore(GuideStep.CATCH_UP)
                .allowTlsMaterialReplacement();
        if (flavour == RdsFlavour.AURORA_2) {
            ready.isNotOffered(plan);
            return;
        }
        ReplicationRun run = ready.sluice().start(ready.sluice().compile(plan));
        Stuck.awaitSome(
                ready.replica().server(),
                "SELECT 1 FROM performance_schema.replication_connection_status WHERE SERVICE_STATE = 'ON'");
        run.cancel();
        assertThat(catchThrowableOfType(RunStoppedException.class, run::await)).isNotNull();
        assertThat(ready.replica().server().query("SELECT 1 FROM mysql.rds_ssl_material"))
                .isNotEmpty();
    }
}
