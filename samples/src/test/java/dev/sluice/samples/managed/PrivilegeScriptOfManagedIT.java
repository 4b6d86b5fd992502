// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.privileges.AccountPrivileges;
import dev.sluice.api.privileges.PrivilegeGrant;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.samples.managed.ManagedServers.Kind;
import dev.sluice.samples.managed.ManagedServers.Member;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On servers dressed as RDS and Aurora the admin can run the script, and its accounts, with nothing but what it grants, can run the plan. */
@Timeout(300)
@Tag("long")
class PrivilegeScriptOfManagedIT {
    /**
     * Needed on 5.7 where another account has the login's name, as here, and the login cannot see that. A run goes through without it, and leaves
     * the function when it is taken back.
     */
    private static final String FOR_NAMESAKES = "ALTER ROUTINE";

    /** Two managed servers with something of each kind to copy. */
    private record Servers(ManagedWorld world, Member source, Member replica, boolean isOlder, boolean hasFilters) {
        static Servers of(ManagedWorld world, Kind source, Kind replica, Series series) throws SQLException {
            Servers servers = new Servers(
                    world,
                    member(world, source, series, "source"),
                    member(world, replica, series, "replica"),
                    series == Series.V5_7,
                    series != Series.V5_7 || replica != Kind.AURORA);
            if (servers.isOlder()) {
                // Nobody gets SUPER there, by which others' objects could be made: they are the login's own.
                servers.source().server().execute(objects("DEFINER = " + LeastAccounts.ACCOUNT + " "));
            } else {
                LeastAccounts.asAdmin(servers.source().dressed().orElseThrow(), List.of(objects("")));
            }
            return servers;
        }

        private static String[] objects(String definer) {
            return new String[] {
                "CREATE DATABASE web_shop",
                "CREATE TABLE web_shop.orders (id INT PRIMARY KEY, n INT, KEY (n))",
                "INSERT INTO web_shop.orders VALUES (1, 1), (2, 2)",
                "CREATE " + definer + "VIEW web_shop.v AS SELECT * FROM web_shop.orders",
                "CREATE " + definer + "FUNCTION web_shop.one() RETURNS INT DETERMINISTIC RETURN 1",
                "CREATE " + definer + "TRIGGER web_shop.tr BEFORE INSERT ON web_shop.orders FOR EACH ROW SET NEW.n = 1",
                "CREATE " + definer + "EVENT web_shop.nightly ON SCHEDULE EVERY 1 DAY"
                        + " DO DELETE FROM web_shop.orders WHERE id = 0"
            };
        }

        private static Member member(ManagedWorld world, Kind kind, Series series, String id) {
            Member member = world.member(kind, series, id, options -> Series.gtids(options, false));
            member.server().execute("SET GLOBAL log_bin_trust_function_creators = ON");
            return member;
        }

        /** Aurora version 2 has no filters, and so takes plans about everything only. */
        ReplicationPlan whole(SourceEndpoint from, ReplicaEndpoint to) {
            ReplicationPlan plan = ReplicationPlan.from(from)
                    .to(to)
                    .withBinlogPosition()
                    .replicationUserHost("%")
                    .retainBinlogs(Duration.ofHours(48));
            plan = hasFilters ? plan.databases("web_shop") : plan;
            return isOlder ? plan.allowPlainText() : plan;
        }

        EndPlan end(SourceEndpoint from, ReplicaEndpoint to) {
            EndPlan plan = EndPlan.of(to)
                    .source(from)
                    .enableEvents()
                    .dropReplicationUser("sluice_repl", "%")
                    .restoreDefaultRetention();
            return isOlder ? plan.allow(Consent.PLAIN_TEXT) : plan;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RDS, AURORA, V5_7",
        "AURORA, RDS, V5_7",
        "RDS, AURORA, V8_0",
        "AURORA, RDS, V8_0",
        "RDS, AURORA, V8_4",
        "AURORA, RDS, V8_4"
    })
    void theWholeRunPassesAndNothingOfItMayBeMissing(Kind source, Kind replica, Series series) throws Exception {
        try (ManagedWorld world = new ManagedWorld()) {
            Servers servers = Servers.of(world, source, replica, series);
            LeastAccounts least = LeastAccounts.make(world, servers.source(), servers.replica(), servers::whole);
            for (AccountPrivileges account : least.accounts()) {
                for (PrivilegeGrant grant : passingOnLast(account.grants())) {
                    if (!grant.privilege().equals(FOR_NAMESAKES)) {
                        isRefusedWithout(grant, account, least, world.sluice());
                    }
                }
            }

            RunResult result =
                    world.sluice().start(world.sluice().compile(least.plan())).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.verification().orElseThrow().isClean()).isTrue();
        }
    }

    /** Granted again, it would hold for what is held by then, and such dynamic privileges are not gone when they are revoked once (8.0.31). */
    private static List<PrivilegeGrant> passingOnLast(List<PrivilegeGrant> grants) {
        return grants.stream()
                .sorted(Comparator.comparing(grant -> grant.privilege().equals("GRANT OPTION")))
                .toList();
    }

    private static void isRefusedWithout(
            PrivilegeGrant grant, AccountPrivileges account, LeastAccounts least, Sluice sluice) {
        least.revoke(account, grant);

        Throwable refusal = catchThrowable(
                () -> sluice.preflight(sluice.compile(least.plan())).orThrow());
        assertThat(refusal)
                .as("without %s on %s", grant, account.role())
                .isInstanceOf(PlanRejectedException.class)
                .hasMessageMatching("(?is).*" + Pattern.quote(grant.privilege()) + ".*");

        least.grantAgain(account, grant);
    }

    @ParameterizedTest
    @CsvSource({
        "RDS, AURORA, V5_7",
        "AURORA, RDS, V5_7",
        "RDS, AURORA, V8_0",
        "AURORA, RDS, V8_0",
        "RDS, AURORA, V8_4",
        "AURORA, RDS, V8_4"
    })
    void aRunCanBeTakenBack(Kind source, Kind replica, Series series) throws Exception {
        try (ManagedWorld world = new ManagedWorld()) {
            Servers servers = Servers.of(world, source, replica, series);
            LeastAccounts least = LeastAccounts.make(
                    world,
                    servers.source(),
                    servers.replica(),
                    (from, to) -> servers.whole(from, to).pauseBefore(GuideStep.VERIFY));
            ReplicationRun run = world.sluice().start(world.sluice().compile(least.plan()));
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> run.status().state() == RunState.PAUSED
                            || run.completion().toCompletableFuture().isDone());

            run.cancel();

            Throwable end = catchThrowable(run::await);
            assertThat(end).isInstanceOf(SluiceException.class);
            RunResult result = run.completion().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(result.state()).as("%s", end).isEqualTo(RunState.CANCELLED);
            assertThat(result.left()).isEmpty();
            assertThat(servers.replica().server().query("SHOW DATABASES LIKE 'web_shop'"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RDS, AURORA, V5_7",
        "AURORA, RDS, V5_7",
        "RDS, AURORA, V8_0",
        "AURORA, RDS, V8_0",
        "RDS, AURORA, V8_4",
        "AURORA, RDS, V8_4"
    })
    void anEndPasses(Kind source, Kind replica, Series series) throws Exception {
        try (ManagedWorld world = new ManagedWorld()) {
            Servers servers = Servers.of(world, source, replica, series);
            Sluice sluice = world.sluice();
            LeastAccounts ofRun = LeastAccounts.make(world, servers.source(), servers.replica(), servers::whole);
            sluice.start(sluice.compile(ofRun.plan())).await();
            ofRun.drop();
            LeastAccounts least = LeastAccounts.make(world, servers.source(), servers.replica(), servers::end);

            RunResult result = sluice.start(sluice.compile(least.plan())).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(servers.replica()
                            .server()
                            .query("SELECT 1 FROM performance_schema.replication_connection_configuration"))
                    .isEmpty();
            assertThat(servers.source().server().query("SELECT 1 FROM mysql.user WHERE User = 'sluice_repl'"))
                    .isEmpty();
        }
    }
}
