// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.diagnosis.StuckTransaction;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.ReplicaTreatments;
import dev.sluice.api.spi.ReplicaTreatments.Pointing;
import dev.sluice.api.spi.ReplicaTreatments.Pointing.Link;
import dev.sluice.api.spi.ReplicaTreatments.Pointing.Login;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which statements treat a self-managed replica, in the words of its version. */
class ExternalTreatmentsTest {
    private static final ServerAddress OLD = new ServerAddress("10.0.0.1", 3306);
    private static final ServerAddress NEW = new ServerAddress("10.0.0.9", 3307);
    private static final String GTID = TestFacts.SOURCE_UUID + ":7";

    private final ReplicaTreatments treatments = ExternalEngine.create().treatments();

    private enum Follows {
        GTIDS,
        POSITION
    }

    private enum Applier {
        RUNS,
        STANDS
    }

    private record Sick(ServerFacts replica, ChannelState known, String gtid) implements Symptoms {
        static Sick of(String version, Follows follows, Applier applier, String gtid) {
            ServerFacts facts = TestFacts.replica(version)
                    .with("gtid_mode", follows == Follows.GTIDS ? "ON" : "OFF")
                    .facts();
            return new Sick(
                    facts,
                    new ChannelState(
                            OLD,
                            "repl",
                            TestFacts.SOURCE_UUID,
                            follows == Follows.GTIDS,
                            false,
                            false,
                            new ChannelState.Half(true, new BinlogPosition("binlog.000009", 900), null),
                            new ChannelState.Half(
                                    applier == Applier.STANDS, new BinlogPosition("binlog.000008", 800), null)),
                    gtid);
        }

        @Override
        public Optional<ServerFacts> source() {
            return Optional.empty();
        }

        @Override
        public Optional<ServerAddress> sourceAsSeenByReplica() {
            return Optional.empty();
        }

        @Override
        public Optional<ChannelState> channel() {
            return Optional.of(known);
        }

        @Override
        public Optional<StuckTransaction> stuck() {
            return Optional.of(new StuckTransaction(gtid, List.of(), List.of()));
        }

        @Override
        public List<String> errorLog() {
            return List.of();
        }

        @Override
        public ServerSession replicaSession() {
            return sql -> List.of();
        }

        @Override
        public Optional<ServerSession> sourceSession() {
            return Optional.of(sql -> List.of(log("binlog.999999"), log("other.1000001"), log("binlog.1000000")));
        }

        private static Row log(String name) {
            return Row.of(Map.of("Log_name", name));
        }

        @Override
        public ReplicaTreatments treatments() {
            return ReplicaTreatments.NONE;
        }
    }

    private static List<String> statements(List<Operation> operations) {
        return operations.stream()
                .flatMap(operation -> operation.preview().stream())
                .toList();
    }

    @Test
    void aTransactionWithAGtidIsReplacedByAnEmptyOne() {
        List<Operation> skip = treatments.skip(Sick.of("8.0.36", Follows.GTIDS, Applier.STANDS, GTID));

        assertThat(statements(skip))
                .containsExactly(
                        "SET SESSION gtid_next = '" + GTID + "'",
                        "BEGIN",
                        "COMMIT",
                        "SET SESSION gtid_next = 'AUTOMATIC'",
                        "START REPLICA FOR CHANNEL ''");
        assertThat(skip.get(0).info().consent()).contains(Consent.SKIPPED_CHANGES);
    }

    @Test
    void oneWithoutIsCountedOutInTheWordsOfTheVersion() {
        assertThat(statements(treatments.skip(Sick.of("5.7.44", Follows.POSITION, Applier.STANDS, ""))))
                .containsExactly("SET GLOBAL sql_slave_skip_counter = 1", "START SLAVE FOR CHANNEL ''");
        assertThat(statements(treatments.skip(Sick.of("8.0.36", Follows.POSITION, Applier.STANDS, ""))))
                .contains("SET GLOBAL sql_replica_skip_counter = 1");
        assertThat(treatments.skip(Sick.of("8.0.36", Follows.GTIDS, Applier.STANDS, "")))
                .isEmpty();
    }

    @Test
    void aNewAddressKeepsThePlaceOfTheHalfThatKnowsIt() {
        Pointing pointing = new Pointing(NEW, Link.AS_IT_IS, Login.AS_IT_IS);

        assertThat(statements(treatments.point(Sick.of("8.0.36", Follows.GTIDS, Applier.RUNS, ""), pointing)))
                .containsExactly(
                        "STOP REPLICA IO_THREAD FOR CHANNEL ''",
                        "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '10.0.0.9', SOURCE_PORT = 3307 FOR CHANNEL ''",
                        "START REPLICA FOR CHANNEL ''");
        assertThat(statements(treatments.point(Sick.of("8.0.36", Follows.POSITION, Applier.RUNS, ""), pointing)))
                .anyMatch(line -> line.contains("SOURCE_LOG_FILE = 'binlog.000009', SOURCE_LOG_POS = 900"));
        assertThat(statements(treatments.point(Sick.of("5.7.44", Follows.POSITION, Applier.STANDS, ""), pointing)))
                .anyMatch(line -> line.contains("MASTER_LOG_FILE = 'binlog.000008', MASTER_LOG_POS = 800"));
    }

    @Test
    void whatDoesNotConcernTheHostDoesNotNameIt() {
        Sick sick = Sick.of("8.0.36", Follows.POSITION, Applier.STANDS, "");

        assertThat(statements(treatments.point(sick, new Pointing(OLD, Link.TLS, Login.AS_IT_IS))))
                .contains("CHANGE REPLICATION SOURCE TO SOURCE_SSL = 1 FOR CHANNEL ''");
        assertThat(statements(treatments.point(sick, new Pointing(OLD, Link.AS_IT_IS, Login.NEW_PASSWORD))))
                .contains(
                        "CHANGE REPLICATION SOURCE TO SOURCE_USER = 'repl', SOURCE_PASSWORD = <secret> FOR CHANNEL ''");
        assertThat(treatments.point(
                        Sick.of("5.7.44", Follows.POSITION, Applier.STANDS, ""),
                        new Pointing(OLD, Link.KEY_OF_SOURCE, Login.AS_IT_IS)))
                .isEmpty();
    }

    @Test
    void theRelayLogIsThrownAwayOnlyWhereThePlaceIsKnown() {
        assertThat(statements(treatments.fetchAgain(Sick.of("8.0.36", Follows.GTIDS, Applier.STANDS, ""))))
                .containsExactly(
                        "STOP REPLICA FOR CHANNEL ''", "RESET REPLICA FOR CHANNEL ''", "START REPLICA FOR CHANNEL ''");
        assertThat(statements(treatments.fetchAgain(Sick.of("8.0.36", Follows.POSITION, Applier.STANDS, ""))))
                .contains(
                        "CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE = 'binlog.000008', SOURCE_LOG_POS = 800 FOR CHANNEL ''");
        assertThat(treatments.fetchAgain(Sick.of("8.0.36", Follows.POSITION, Applier.RUNS, "")))
                .isEmpty();
    }

    @Test
    void theNextFileIsNextByItsNumber() {
        Sick sick = Sick.of("8.0.36", Follows.POSITION, Applier.RUNS, "");

        assertThat(statements(treatments.nextLog(sick))).anyMatch(line -> line.contains("'binlog.999999'"));
        assertThat(treatments.nextLog(Sick.of("8.0.36", Follows.POSITION, Applier.STANDS, "")))
                .isEmpty();
        assertThat(treatments.nextLog(Sick.of("8.0.36", Follows.GTIDS, Applier.RUNS, "")))
                .isEmpty();
    }
}
