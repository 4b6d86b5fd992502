// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.TwoServers;
import dev.sluice.programs.ClientPrograms;
import dev.sluice.testservers.GeneralLog;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The servers' own logs show what the preview shows, in its order, and nothing else; {@link LogProofTest} shows that this can fail. */
@Timeout(180)
class PreviewIT {
    private static final MySqlRelease V80 = MySqlRelease.MYSQL_8_0_31;

    private static ServerOptions source(ServerOptions options) {
        return options.setting("binlog_expire_logs_seconds", "86400");
    }

    private static ServerOptions oldSource(ServerOptions options) {
        return TwoServers.withoutGtids(options).setting("expire_logs_days", "1");
    }

    private static ServerOptions replica(ServerOptions options) {
        return options.setting("local_infile", "ON");
    }

    @Test
    void byGtid() throws Exception {
        try (Pair pair = Pair.of(
                V80,
                options -> source(options).gtid(),
                V80,
                options -> replica(options).gtid())) {
            prove(pair, pair.plan().withGtid());
        }
    }

    @Test
    void byPositionFromAnOlderSeries() throws Exception {
        try (Pair pair = Pair.of(
                MySqlRelease.MYSQL_5_7,
                PreviewIT::oldSource,
                V80,
                options -> TwoServers.withoutGtids(replica(options)))) {
            prove(pair, pair.plan().withBinlogPosition());
        }
    }

    @Tag("long")
    @Test
    void byPositionFromAServerOlderThanTheNewWords() throws Exception {
        try (Pair pair = Pair.of(
                MySqlRelease.MYSQL_8_0_15,
                options -> TwoServers.withoutGtids(source(options)),
                V80,
                options -> TwoServers.withoutGtids(replica(options)))) {
            prove(pair, pair.plan().withBinlogPosition());
        }
    }

    @Tag("long")
    @Test
    void byPositionToTheNewestSeries() throws Exception {
        MySqlRelease nine = MySqlRelease.MYSQL_9;
        Assumptions.assumeTrue(nine.availability().isEmpty(), () -> String.valueOf(nine.availability()));
        try (Pair pair = Pair.of(
                V80,
                options -> TwoServers.withoutGtids(source(options)),
                nine,
                options -> TwoServers.withoutGtids(replica(options)))) {
            prove(pair, pair.plan().withBinlogPosition());
        }
    }

    @Tag("long")
    @Test
    void byMysqldump() throws Exception {
        Path programs = MySqlRelease.MYSQL_8_0_33
                .clientProgram("mysqldump")
                .orElseThrow()
                .getParent();
        try (Pair pair = Pair.of(V80, options -> source(options).gtid(), V80, ServerOptions::gtid)
                .with(builder -> builder.clientPrograms(ClientPrograms.in(programs)))) {
            prove(pair, pair.plan().withGtid().copyWith(CopyMethod.MYSQLDUMP));
        }
    }

    private static void prove(Pair given, ReplicationPlan asked) throws InterruptedException {
        fill(given.source());
        Journal journal = Journal.inMemory();
        ReplicationPlan plan = asked.retainBinlogs(Duration.ofHours(144));
        Pair pair = given.with(builder -> builder.journal(journal));
        try (Sluice sluice = pair.sluice()) {
            prove(pair, sluice, plan, journal);
        }
    }

    private static void prove(Pair pair, Sluice sluice, ReplicationPlan plan, Journal journal)
            throws InterruptedException {
        CompiledPlan compiled = sluice.compile(plan);
        GeneralLog.Mark source = pair.source().generalLog().on();
        GeneralLog.Mark replica = pair.replica().generalLog().on();

        RunResult result = sluice.start(compiled).await();

        List<Stretch> stretches = Stretch.of(compiled, journal.read(result.id()));
        String user = plan.replicationAccount().user();
        List<String> complaints = new ArrayList<>(LogProof.complaints(
                Target.SOURCE,
                pair.source().generalLog().entriesSince(source),
                statements(compiled, Target.SOURCE),
                stretches,
                user));
        complaints.addAll(LogProof.complaints(
                Target.REPLICA,
                pair.replica().generalLog().entriesSince(replica),
                statements(compiled, Target.REPLICA),
                stretches,
                user));
        assertThat(complaints).isEmpty();
        assertThat(statements(compiled, Target.SOURCE)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(statements(compiled, Target.REPLICA)).hasSizeGreaterThanOrEqualTo(3);
    }

    private static void fill(MySqlServer source) {
        source.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.t (id INT PRIMARY KEY, j JSON)",
                "INSERT INTO shop.t VALUES (1, '{}'), (2, NULL)",
                "CREATE TABLE shop.child (id INT PRIMARY KEY, t INT, FOREIGN KEY (t) REFERENCES shop.t (id))",
                "CREATE VIEW shop.v AS SELECT id FROM shop.t",
                "CREATE PROCEDURE shop.p() SELECT 1",
                "CREATE TRIGGER shop.tr BEFORE INSERT ON shop.t FOR EACH ROW SET NEW.id = NEW.id",
                "CREATE EVENT shop.e ON SCHEDULE EVERY 1 DAY DO SELECT 1");
    }

    private static List<String> statements(CompiledPlan compiled, Target target) {
        List<String> statements = new ArrayList<>();
        compiled.steps()
                .forEach(step -> step.operations().stream()
                        .filter(operation -> operation.info().target() == target)
                        .filter(PreviewIT::isOneStatement)
                        .forEach(operation -> statements.addAll(operation.preview())));
        return statements;
    }

    private static boolean isOneStatement(Operation operation) {
        return operation instanceof SqlOperation || operation instanceof ProcedureOperation;
    }
}
