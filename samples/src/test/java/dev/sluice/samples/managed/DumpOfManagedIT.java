// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.core.LiveReplication;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.programs.ClientPrograms;
import dev.sluice.rds.RdsEngine;
import dev.sluice.samples.managed.ManagedServers.Kind;
import dev.sluice.samples.managed.ManagedServers.Member;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.Heartbeat;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way of AWS's guide, mysqldump piped to mysql, with no more than the privileges that AWS grants. */
@Tag("long")
@Timeout(300)
class DumpOfManagedIT {
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final ManagedServers servers = new ManagedServers();

    @AfterEach
    void close() {
        servers.close();
    }

    private Sluice sluice() {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(ExternalEngine.create(), RdsEngine.create(), AuroraEngine.create())
                .secrets(SecretResolver.withNamed(servers::password))
                .clientPrograms(ClientPrograms.in(MySqlRelease.MYSQL_8_0_33
                        .clientProgram("mysqldump")
                        .orElseThrow()
                        .getParent()))
                .build();
    }

    /** Of a definer whom the replica does not have, as after every move to another server. */
    private static void addObjects(Member source) {
        source.server()
                .execute(
                        "CREATE DEFINER = application@'%' SQL SECURITY INVOKER VIEW shop.scarce AS SELECT id FROM shop.item WHERE stock < 2",
                        "CREATE DEFINER = application@'%' PROCEDURE shop.count_items() READS SQL DATA SELECT COUNT(*) FROM shop.item",
                        "CREATE TABLE shop.note (id INT PRIMARY KEY, text JSON, bytes VARBINARY(20))",
                        "INSERT INTO shop.note VALUES (1, '{\"a\": [1, null]}', X'00FF5C27'), (2, NULL, NULL)");
    }

    @ParameterizedTest
    @CsvSource({"EXTERNAL, RDS, false", "RDS, AURORA, true", "AURORA, EXTERNAL, false"})
    void itIsCopiedUnderLoad(Kind from, Kind to, boolean gtid) throws Exception {
        Member source = servers.member(from, "source", gtid);
        Member replica = servers.member(to, "replica", gtid);
        AdminGrants.requireExactly(source);
        AdminGrants.requireExactly(replica);
        Shop.open(source.server());
        addObjects(source);
        ReplicationPlan any = source.to(replica)
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24))
                .copyWith(CopyMethod.MYSQLDUMP);
        ReplicationPlan plan = gtid ? any.withGtid() : any.withBinlogPosition();
        try (Sluice sluice = sluice();
                Beating beating = Beating.of(source);
                Writers writers = Shop.sells(source.server())) {
            RunResult result = sluice.start(sluice.compile(plan)).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.verification())
                    .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
            writers.stop();
            LiveReplication live = sluice.live(plan);
            live.awaitApplied(live.sourceNow(), Duration.ofSeconds(60));
            assertThat(live.compareStandingStill().isClean()).isTrue();
            assertThat(beating.all()).allSatisfy(one -> assertThat(one.beats()).isPositive());
        }
        assertThat(Shop.stock(replica.server())).isEqualTo(Shop.stock(source.server()));
        assertThat(replica.server().query("SELECT COUNT(*) FROM shop.scarce"))
                .isEqualTo(source.server().query("SELECT COUNT(*) FROM shop.scarce"));
    }

    private record Beating(List<Heartbeat> all) implements AutoCloseable {
        static Beating of(Member source) {
            return new Beating(source.dressed().map(server -> server.beating(BEAT)).stream()
                    .toList());
        }

        @Override
        public void close() {
            all.forEach(Heartbeat::close);
        }
    }
}
