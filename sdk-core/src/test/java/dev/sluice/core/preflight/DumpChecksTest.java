// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static dev.sluice.core.preflight.Answers.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.core.dump.DumpCode;
import dev.sluice.core.dump.DumpPrograms;
import dev.sluice.core.dump.IdlePrograms;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DumpChecksTest {
    private final Live live = new Live();

    private static Situation dumping() {
        return Situation.healthy().plan(plan -> plan.copyWith(CopyMethod.MYSQLDUMP));
    }

    private static ProgramsMissing programs() {
        return new ProgramsMissing(Optional.of(DumpPrograms.NONE));
    }

    @Test
    void whoGaveNoProgramsIsToldWhatToAdd() {
        assertThat(live.ask(programs(), dumping())).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(DumpCode.NO_PROGRAMS);
            assertThat(problem.remedy()).contains("sluice-client-programs", "clientPrograms(ClientPrograms.onPath())");
        });
    }

    @Test
    void whatIsWrongWithProgramsIsToldInTheirWords() {
        Problem broken = Problem.of(DumpCode.PROGRAM_MISSING, "There is no program mysqldump");

        assertThat(live.ask(new ProgramsMissing(Optional.of(new IdlePrograms(broken))), dumping()))
                .containsExactly(broken);
        assertThat(live.ask(new ProgramsMissing(Optional.of(new IdlePrograms())), dumping()))
                .isEmpty();
    }

    @Test
    void preflightStopsAPlanWhoseProgramsAreMissing() {
        CheckServers servers = new CheckServers() {
            @Override
            public CheckSession open(Target target) {
                return live.servers().open(target);
            }

            @Override
            public Optional<DumpPrograms> clientPrograms() {
                return Optional.of(DumpPrograms.NONE);
            }
        };

        PreflightReport report =
                new Preflight(Clock.systemUTC()).run(Compiled.of(dumping()), dumping(), List.of(), servers);

        assertThat(report.passed()).isFalse();
        assertThat(report.findings()).extracting(Finding::check).contains("programs-missing");
    }

    @Test
    void onlyPlansThatDumpNeedPrograms() {
        assertThat(live.ask(programs(), Situation.healthy())).isEmpty();
        assertThat(live.ask(programs(), dumping().alreadyRunning())).isEmpty();
        assertThat(live.ask(
                        programs(),
                        Situation.healthy()
                                .plan(plan ->
                                        plan.copyWith(CopyMethod.MYSQLDUMP).until(GuideStep.ENABLE_BINLOG))))
                .isEmpty();
        assertThat(live.ask(new ProgramsMissing(Optional.empty()), dumping())).isEmpty();
    }

    @Test
    void aSourceThatHidesSessionsIsRefused() {
        live.source.to("performance_schema", row("p", "0"));

        assertThat(live.ask(new SessionsHidden(), dumping())).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(DumpCode.NOT_VISIBLE);
            assertThat(problem.what()).contains("The source", "performance_schema=OFF");
        });
        assertThat(live.ask(new SessionsHidden(), Situation.healthy())).isEmpty();
    }

    @Test
    void aSourceThatShowsSessionsIsFine() {
        live.source.to("performance_schema", row("p", "1"));

        assertThat(live.ask(new SessionsHidden(), dumping())).isEmpty();
    }

    @Test
    void localInfileDoesNotMatterToPrograms() {
        Situation off = Situation.replica(Server.replica().variable("local_infile", "OFF"));

        assertThat(new LocalInfileOff().problems(off)).hasSize(1);
        assertThat(new LocalInfileOff()
                        .problems(new Situation(
                                ((ReplicationPlan) off.plan()).copyWith(CopyMethod.MYSQLDUMP),
                                off.source(),
                                off.replica(),
                                false)))
                .isEmpty();
    }
}
