// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.diagnosis;

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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A replica in trouble, whose kind of server can be treated in every way or in none, with its source at hand. */
record Case(
        @Nullable ChannelState channel,
        ReplicaTreatments treatments,
        List<FailureRow> ofEngine,
        boolean hasSource,
        boolean compresses) {
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
                false);
    }

    static ChannelState.Half half(boolean isStopped, @Nullable ChannelError error) {
        return new ChannelState.Half(isStopped, new BinlogPosition("binlog.000002", 157), error);
    }

    /** Its source does. */
    Case compressing() {
        return new Case(channel, treatments, ofEngine, hasSource, true);
    }

    Case untreatable() {
        return new Case(channel, ReplicaTreatments.NONE, ofEngine, hasSource, compresses);
    }

    Case alone() {
        return new Case(channel, treatments, ofEngine, false, compresses);
    }

    Case with(FailureRow row) {
        return new Case(channel, treatments, List.of(row), hasSource, compresses);
    }

    List<DiagnosisFinding> findings() {
        Patient patient = Patient.alone("replica", facts(REPLICA, 2), session(), treatments, ofEngine);
        StuckTransaction stuck = channel != null && channel.applier().error().isPresent()
                ? new StuckTransaction(SOURCE + ":7", List.of("Write_rows shop.t"), List.of())
                : null;
        return FailureCatalogue.with(ofEngine)
                .findings(new Examination(hasSource ? patient.with(source()) : patient, channel, stuck, List.of()));
    }

    private Patient.Source source() {
        ServerFacts facts = facts(SOURCE, 1);
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

    private static ServerSession session() {
        return sql -> sql.startsWith("SHOW BINARY LOGS")
                ? List.of(Row.of(Map.of("Log_name", "binlog.000003", "File_size", "500")))
                : List.of();
    }

    private static ServerFacts facts(String uuid, long id) {
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
                List.of("'repl'@'%'"),
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
