// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.diagnosis.StuckTransaction;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.spi.FailureRow;
import dev.sluice.api.spi.ReplicaTreatments;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.diagnosis.Patient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A replica in trouble, whose kind of server can be treated in every way or in none, with its source at hand. */
record Case(
        @Nullable ChannelState channel,
        ReplicaTreatments treatments,
        List<FailureRow> ofEngine,
        boolean hasSource,
        boolean compresses,
        Login login,
        Map<String, String> ofReplica) {
    static final ServerAddress OLD = new ServerAddress("10.0.0.1", 3306);
    static final ServerAddress NEW = new ServerAddress("10.0.0.9", 3306);
    private static final String SOURCE = "11111111-1111-1111-1111-111111111111";
    private static final String REPLICA = "22222222-2222-2222-2222-222222222222";

    static Case receiver(int number, String text) {
        return of(half(true, new ChannelError(number, text)), half(false, null));
    }

    static Case applier(int number, String text) {
        return of(half(false, null), half(true, new ChannelError(number, text)));
    }

    static Case of(ChannelState.Half receiver, ChannelState.Half applier) {
        return new Case(
                new ChannelState(OLD, "repl", SOURCE, true, false, false, receiver, applier),
                new Everything(),
                List.of(),
                true,
                false,
                Login.USUAL,
                Map.of());
    }

    static ChannelState.Half half(boolean isStopped, @Nullable ChannelError error) {
        return new ChannelState.Half(isStopped, new BinlogPosition("binlog.000002", 157), error);
    }

    /** Its source does. */
    Case compressing() {
        return new Case(channel, treatments, ofEngine, hasSource, true, login, ofReplica);
    }

    Case untreatable() {
        return new Case(channel, ReplicaTreatments.NONE, ofEngine, hasSource, compresses, login, ofReplica);
    }

    Case alone() {
        return new Case(channel, treatments, ofEngine, false, compresses, login, ofReplica);
    }

    Case with(FailureRow row) {
        return new Case(channel, treatments, List.of(row), hasSource, compresses, login, ofReplica);
    }

    /** The account on its source is like this. */
    Case with(Login other) {
        return new Case(channel, treatments, ofEngine, hasSource, compresses, other, ofReplica);
    }

    /** Its replica has this variable. */
    Case where(String variable, String value) {
        return new Case(channel, treatments, ofEngine, hasSource, compresses, login, Map.of(variable, value));
    }

    /**
     * The replication account on the source.
     *
     * @param host its host part
     * @param tls {@code ""} if it demands none
     * @param others that are logged in with it, null if the source does not show it
     */
    record Login(
            String host,
            String tls,
            boolean locked,
            @Nullable Long others) {
        static final Login USUAL = new Login("%", "", false, 0L);

        List<Row> answer(String sql) {
            if (sql.contains("FROM mysql.user")) {
                return List.of(Row.of(Map.of("replicates", "Y", "tls", tls, "locked", locked ? "Y" : "N")));
            }
            return sql.contains("PROCESSLIST") ? List.of(Row.of(Map.of("n", String.valueOf(others)))) : List.of();
        }
    }

    List<DiagnosisFinding> findings() {
        Patient patient =
                Patient.alone("replica", facts(REPLICA, 2).plusVariables(ofReplica), session(), treatments, ofEngine);
        StuckTransaction stuck = channel != null && channel.applier().error().isPresent()
                ? new StuckTransaction(SOURCE + ":7", List.of("Write_rows shop.t"), List.of())
                : null;
        return FailureCatalogue.with(ofEngine)
                .findings(new Examination(hasSource ? patient.with(source()) : patient, channel, stuck, List.of()));
    }

    private Patient.Source source() {
        ServerFacts facts = facts(SOURCE, 1)
                .withGrants(login.others() == null ? List.of() : List.of("GRANT PROCESS ON *.* TO `me`@`%`"));
        return new Patient.Source(
                compresses ? facts.plusVariables(Map.of("binlog_transaction_compression", "ON")) : facts,
                session(),
                NEW);
    }

    DiagnosisFinding only() {
        List<DiagnosisFinding> all = findings();
        if (all.size() != 1) {
            throw new AssertionError("Not one finding: " + all);
        }
        return all.get(0);
    }

    private ServerSession session() {
        return sql -> sql.startsWith("SHOW BINARY LOGS")
                ? List.of(Row.of(Map.of("Log_name", "binlog.000003", "File_size", "500")))
                : sql.contains("GTID_SUBTRACT") ? List.of(Row.of(Map.of("g", SOURCE + ":8-9"))) : login.answer(sql);
    }

    private ServerFacts facts(String uuid, long id) {
        return new ServerFacts(
                new EngineId("test"),
                OLD,
                ServerVersion.parse("8.0.36"),
                uuid,
                id,
                true,
                Map.of("gtid_mode", "ON", "replica_max_allowed_packet", "1024", "replica_type_conversions", ""),
                List.of(),
                List.of(),
                List.of("'repl'@'" + login.host() + "'"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of());
    }

    /** Can do everything. */
    private record Everything() implements ReplicaTreatments {
        @Override
        public List<Operation> start(Symptoms symptoms) {
            return one("start");
        }

        @Override
        public List<Operation> skip(Symptoms symptoms) {
            return one("skip");
        }

        @Override
        public List<Operation> nextLog(Symptoms symptoms) {
            return one("next-log");
        }

        @Override
        public List<Operation> fetchAgain(Symptoms symptoms) {
            return one("fetch-again");
        }

        @Override
        public List<Operation> point(Symptoms symptoms, Pointing pointing) {
            return one("point-" + pointing.source() + "-" + pointing.link() + "-" + pointing.login());
        }

        @Override
        public List<Operation> set(Symptoms symptoms, String variable, String value) {
            return one("set-" + variable + "-" + value);
        }

        private static List<Operation> one(String id) {
            return List.of(new SqlOperation(OperationInfo.changing(id, Target.REPLICA, id), Statement.of("DO 1")));
        }
    }
}
