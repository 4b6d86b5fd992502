// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.Scenario.PLAN;
import static dev.sluice.external.Scenario.REPLICA;
import static dev.sluice.external.Scenario.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.Sluice;
import dev.sluice.core.dump.DumpCode;
import dev.sluice.core.journal.Journal;
import dev.sluice.programs.ClientPrograms;
import dev.sluice.programs.ProgramCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plans that copy by mysqldump piped to mysql, before they run. */
class DumpPlanTest {
    private static final ReplicationPlan DUMPED = PLAN.copyWith(CopyMethod.MYSQLDUMP);

    private final Sluice sluice = Sluice.builder()
            .journal(Journal.inMemory())
            .engines(ExternalEngine.create())
            .clientPrograms(ClientPrograms.onPath())
            .build();

    @AfterEach
    void close() {
        sluice.close();
    }

    private CompiledPlan compile(ReplicationPlan plan) {
        return sluice.compile(
                plan,
                Scenario.source().with("gtid_mode", "ON").databases("shop").facts(),
                Scenario.replica().with("gtid_mode", "ON").facts());
    }

    @Test
    void whoHasNotGivenProgramsIsToldWhatToAddAndNothingElse() {
        try (Sluice without = Sluice.builder()
                .journal(Journal.inMemory())
                .engines(ExternalEngine.create())
                .build()) {
            assertThatThrownBy(() -> without.compile(
                            DUMPED,
                            Scenario.source().databases("shop").facts(),
                            Scenario.replica().facts()))
                    .isInstanceOfSatisfying(
                            PlanRejectedException.class,
                            e -> assertThat(e.problems())
                                    .containsExactly(Problem.of(
                                            DumpCode.NO_PROGRAMS,
                                            "mysqldump is to copy, and no client programs were given")))
                    .hasMessageContaining("sluice-client-programs")
                    .hasMessageContaining("clientPrograms(ClientPrograms.onPath())");
        }
    }

    private static List<String> preview(CompiledPlan compiled, Class<? extends Operation> kind) {
        return compiled.steps().stream()
                .flatMap(step -> step.operations().stream())
                .filter(kind::isInstance)
                .flatMap(operation -> operation.preview().stream())
                .toList();
    }

    private void assertRefused(ReplicationPlan plan, Problem... problems) {
        assertThatThrownBy(() -> compile(plan))
                .isInstanceOfSatisfying(
                        PlanRejectedException.class,
                        e -> assertThat(e.problems()).containsExactly(problems));
    }

    @Test
    void thePreviewShowsTheProgramsInPlaceOfTheCopyInProcess() {
        CompiledPlan compiled = compile(DUMPED);

        assertThat(preview(compiled, CopyOperation.class))
                .anyMatch(
                        line -> line.startsWith("mysqldump --defaults-file=<private option file> --single-transaction"))
                .anyMatch(line -> line.startsWith("mysql --defaults-file=<private option file>"))
                .noneMatch(line -> line.contains("LOAD DATA"));
        assertThat(preview(compiled, SnapshotOperation.class))
                .contains("FLUSH TABLES WITH READ LOCK", "UNLOCK TABLES")
                .anyMatch(line -> line.startsWith("mysqldump "))
                .noneMatch(line -> line.contains("SAVEPOINT"));
        assertThat(compiled.explain().text()).contains("mysqldump and mysql run on this host");
    }

    @Test
    void theCopyInProcessShowsNoPrograms() {
        assertThat(compile(PLAN).explain().text()).contains("LOAD DATA").doesNotContain("mysqldump");
    }

    @Test
    void theStoredPlanKeepsTheMethod() {
        CompiledPlan compiled = compile(DUMPED);

        CompiledPlan read = sluice.compiledPlanFromJson(sluice.toJson(compiled));

        assertThat(read.fingerprint()).isEqualTo(compiled.fingerprint());
        assertThat(((ReplicationPlan) read.plan()).copyMethod()).isEqualTo(CopyMethod.MYSQLDUMP);
    }

    @Test
    void endpointsOfAConnectionSourceAreRefusedByName() {
        ReplicationPlan plan = ReplicationPlan.from(SOURCE.connectingThrough("tunnel"))
                .to(REPLICA.connectingThrough("pool"))
                .copyWith(CopyMethod.MYSQLDUMP);

        assertRefused(
                plan,
                Problem.of(
                        ProgramCode.NOT_FOR_PROGRAMS,
                        "10.0.0.1:3306 is reached by the host's connection source tunnel, which mysqldump and mysql"
                                + " cannot use"),
                Problem.of(
                        ProgramCode.NOT_FOR_PROGRAMS,
                        "10.0.0.2:3306 is reached by the host's connection source pool, which mysqldump and mysql"
                                + " cannot use"));
    }

    @Test
    void certificatesThatOnlyJavaKnowsAreRefused() {
        ReplicationPlan plan = ReplicationPlan.from(SOURCE.tls(new Tls(Tls.Verification.IDENTITY, null)))
                .to(REPLICA)
                .copyWith(CopyMethod.MYSQLDUMP);

        assertRefused(
                plan,
                Problem.of(
                        ProgramCode.NO_CERTIFICATES,
                        "The certificate of 10.0.0.1:3306 is to be verified, and no PEM file is given"));
    }

    @Test
    void singleTablesAreRefused() {
        assertRefused(
                DUMPED.tables(TableName.of("shop", "t")),
                Problem.of(
                        ProgramCode.SINGLE_TABLES,
                        "The scope names single tables, [shop.t], and mysqldump is to copy"));
    }

    @Test
    void aPlanThatCopiesNothingMoreIsNotRefused() {
        ReplicationPlan plan = ReplicationPlan.from(SOURCE.connectingThrough("tunnel"))
                .to(REPLICA)
                .copyWith(CopyMethod.MYSQLDUMP);

        assertThat(sluice.compile(
                                plan,
                                Scenario.source().facts(),
                                Scenario.replica()
                                        .follows(TestFacts.SOURCE_UUID)
                                        .facts())
                        .steps())
                .isNotEmpty();
    }
}
