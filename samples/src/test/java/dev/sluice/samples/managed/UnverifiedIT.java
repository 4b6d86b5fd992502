// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.api.error.SluiceException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.samples.managed.ManagedServers.Member;
import dev.sluice.testing.rds.Unverified;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where AWS's documents leave something open, a replication is set up and ended with either behaviour, or refused by a code that says
 * why, without leaving anything behind.
 */
@Timeout(180)
@Tag("long")
class UnverifiedIT {
    static Stream<UnverifiedCase> cases() {
        return Arrays.stream(Unverified.values()).flatMap(UnverifiedCase::of).distinct();
    }

    @ParameterizedTest
    @EnumSource(Unverified.class)
    void eachIsShownInBothWays(Unverified fact) {
        assertThat(UnverifiedCase.of(fact).map(one -> one.on().contains(fact)).distinct())
                .containsExactlyInAnyOrder(true, false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theEnginesCopeWithEitherBehaviour(UnverifiedCase one) throws InterruptedException {
        try (ManagedServers servers = new ManagedServers()) {
            certificates(servers);
            Member source = one.member(servers, "source");
            Member replica = one.member(servers, "replica");
            source.server()
                    .execute(
                            "CREATE DATABASE shop",
                            "CREATE TABLE shop.item (id INT PRIMARY KEY)",
                            "INSERT INTO shop.item VALUES (1), (2)");
            ReplicationPlan plan = one.plan(source, replica);
            try (Sluice sluice = servers.sluice()) {
                if (one.refusal().isPresent()) {
                    isRefused(sluice, plan, one.refusal().get());
                } else {
                    worksAndEnds(sluice, plan, source, replica);
                }
            }
            leavesNothing(source, replica);
        }
    }

    private static void certificates(ManagedServers servers) {
        servers.secret("ca", "-----BEGIN CERTIFICATE-----\nY2E=\n-----END CERTIFICATE-----\n");
        servers.secret("certificate", "-----BEGIN CERTIFICATE-----\nY2VydA==\n-----END CERTIFICATE-----\n");
        servers.secret("key", "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n");
    }

    private static void worksAndEnds(Sluice sluice, ReplicationPlan plan, Member source, Member replica)
            throws InterruptedException {
        assertThat(sluice.start(sluice.compile(plan)).await().state()).isEqualTo(RunState.SUCCEEDED);
        source.server().execute("INSERT INTO shop.item VALUES (3)");
        Stuck.awaitRow(replica.server(), 3);
        EndPlan end = EndPlan.of(plan.replica())
                .source(plan.source())
                .dropReplicationUser("sluice_repl", "%")
                .restoreDefaultRetention();
        for (Consent consent : plan.consents()) {
            end = end.allow(consent);
        }
        assertThat(sluice.start(sluice.compile(end)).await().state()).isEqualTo(RunState.SUCCEEDED);
    }

    /** Before anything is changed, or later: then everything is taken back by name. */
    private static void isRefused(Sluice sluice, ReplicationPlan plan, String code) throws InterruptedException {
        List<ReplicationRun> begun = new ArrayList<>();
        SluiceException refused = catchThrowableOfType(SluiceException.class, () -> {
            ReplicationRun run = sluice.start(sluice.compile(plan));
            begun.add(run);
            run.await();
        });
        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.problems())
                .anySatisfy(problem -> assertThat(problem.code().id()).isEqualTo(code));
        for (ReplicationRun run : begun) {
            assertThat(run.abandon().left()).isEmpty();
        }
    }

    private static void leavesNothing(Member source, Member replica) {
        assertThat(replica.server().query("SELECT 1 FROM performance_schema.replication_connection_configuration"))
                .isEmpty();
        assertThat(source.server().query("SELECT 1 FROM mysql.user WHERE User = 'sluice_repl'"))
                .isEmpty();
        assertThat(source.server()
                        .query("SELECT 1 FROM mysql.rds_configuration"
                                + " WHERE name = 'binlog retention hours' AND value IS NOT NULL"))
                .isEmpty();
    }
}
