// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.diagnosis.RemedyResult;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.core.LiveDiagnosis;
import dev.sluice.samples.managed.ManagedServers.Kind;
import dev.sluice.samples.managed.ManagedServers.Member;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Replicas of RDS and Aurora that are in trouble are recognised, and cured by their procedures. */
@Tag("long")
@Timeout(300)
class DiagnosisOfManagedIT {
    /** Replicates {@code shop.item} from a self-managed server. */
    private static Member replicating(ManagedWorld world, Member source, Kind kind, boolean gtid)
            throws InterruptedException {
        Member replica = world.member(kind, Series.V8_0, "orders", options -> Series.gtids(options, gtid));
        source.server().execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY)");
        ReplicationPlan plan = source.to(replica).replicationUserHost("%");
        world.sluice().start(world.sluice().compile(plan)).await();
        return replica;
    }

    private static LiveDiagnosis awaitFinding(ManagedWorld world, Member source, Member replica, String row) {
        AtomicReference<@Nullable LiveDiagnosis> found = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            found.set(world.sluice().diagnose(replica.replica(), source.source()));
            return found.get().report().finding(row).isPresent();
        });
        return found.get();
    }

    @ParameterizedTest
    @CsvSource({
        "RDS, true, rds_skip_transaction_with_gtid",
        "RDS, false, rds_skip_repl_error",
        "AURORA, true, rds_skip_transaction_with_gtid",
        "AURORA, false, rds_skip_repl_error"
    })
    void aRowThatIsThereAlreadyIsSkippedByTheProcedure(Kind kind, boolean gtid, String procedure)
            throws InterruptedException {
        try (ManagedWorld world = new ManagedWorld()) {
            Member source = world.member(Kind.EXTERNAL, Series.V8_0, "source", options -> Series.gtids(options, gtid));
            Member replica = replicating(world, source, kind, gtid);
            Stuck.atRow(source.server(), replica.server(), 4);
            LiveDiagnosis found = awaitFinding(world, source, replica, "duplicate-row");

            Remedy skip = found.remedy("duplicate-row/skip").remedy();
            assertThat(skip.operations()).allMatch(ProcedureOperation.class::isInstance);
            assertThat(skip.preview())
                    .anyMatch(line -> line.contains("CALL mysql." + procedure))
                    .anyMatch(line -> line.contains("Write_rows shop.item"));
            RemedyResult result = found.remedy("duplicate-row/skip").execute(Consent.SKIPPED_CHANGES);
            assertThat(result.isHealthy()).as(result.after().toString()).isTrue();
            Stuck.awaitRow(replica.server(), 5);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "EXTERNAL", mode = EnumSource.Mode.EXCLUDE)
    void aNewPasswordIsToldByTheProcedure(Kind kind) throws InterruptedException {
        try (ManagedWorld world = new ManagedWorld()) {
            Member source = world.member(Kind.EXTERNAL, Series.V8_0, "source", options -> Series.gtids(options, true));
            Member replica = replicating(world, source, kind, true);
            source.server()
                    .execute("SET SESSION sql_log_bin = 0", "ALTER USER 'sluice_repl'@'%' IDENTIFIED BY 'forgotten-1'");
            replica.server().execute("STOP REPLICA IO_THREAD", "START REPLICA IO_THREAD");
            LiveDiagnosis found = awaitFinding(world, source, replica, "login-refused");

            Remedy tell = found.remedy("login-refused/new-password").remedy();
            assertThat(tell.preview()).anyMatch(line -> line.contains("_with_auto_position("));
            RemedyResult result = found.remedy("login-refused/new-password").execute(Consent.ACCOUNT_PASSWORD_CHANGE);
            assertThat(result.isHealthy()).as(result.after().toString()).isTrue();
            source.server().execute("INSERT INTO shop.item VALUES (9)");
            Stuck.awaitRow(replica.server(), 9);
        }
    }
}
