// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.samples.managed.ManagedServers.Member;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run does what interrupts, removes or weakens something only if its plan allows it by name. Every plan that needs a consent is run
 * without it: it is refused with the name of the consent, and neither a server nor AWS got anything but questions.
 */
@Timeout(180)
@Tag("long")
class ConsentsIT {
    /** Those without an operation of their own: they concern how connections are made and which servers are paired. */
    private static final Set<Consent> WITHOUT_OPERATION =
            Set.of(Consent.PLAIN_TEXT, Consent.UNSUPPORTED_PAIR, Consent.PENDING_CHANGES);

    /** A plan without it runs as with it: that a monitor then changes nothing is in the tests of failovers. */
    private static final Set<Consent> OF_MONITORS = Set.of(Consent.REPOINT_BY_MONITOR);

    /** No step of a plan needs it. */
    private static final Set<Consent> OF_REMEDIES = Set.of(Consent.ACCOUNT_PASSWORD_CHANGE);

    static Stream<ConsentCase> cases() {
        return ConsentCase.all();
    }

    @ParameterizedTest
    @EnumSource(Consent.class)
    void eachConsentHasACase(Consent consent) {
        assertThat(cases().anyMatch(one -> one.consent() == consent))
                .as("a plan that needs " + consent)
                .isNotEqualTo(OF_MONITORS.contains(consent) || OF_REMEDIES.contains(consent));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void withoutItNothingOfItsKindIsDone(ConsentCase one) throws InterruptedException {
        try (ManagedWorld world = new ManagedWorld()) {
            Plan plan = one.stage().on(world);
            int modifications = world.modifications().size();
            StatementsSeen statements = StatementsSeen.on(world.members().toArray(Member[]::new));

            if (one.isOptional()) {
                assertThat(run(world.sluice(), plan)).isEqualTo(RunState.SUCCEEDED);
                assertThat(statements.all().toList())
                        .isNotEmpty()
                        .noneMatch(statement -> statement.contains("DISABLE INNODB REDO_LOG"));
            } else {
                SluiceException refused = catchThrowableOfType(SluiceException.class, () -> run(world.sluice(), plan));
                assertThat(naming(one.consent(), refused)).isNotEmpty();
                assertThat(statements.thatChange()).isEmpty();
            }
            assertThat(world.modifications()).hasSize(modifications);
            isWhatTheConsentIsFor(one, world.sluice(), plan);
        }
    }

    private static RunState run(Sluice sluice, Plan plan) throws InterruptedException {
        return sluice.start(sluice.compile(plan)).await().state();
    }

    private static List<String> naming(Consent consent, SluiceException refused) {
        return refused.problems().stream()
                .map(problem -> problem.what() + " " + problem.remedy())
                .filter(text -> text.contains(consent.method()))
                .toList();
    }

    /** With it, the same plan compiles, and does exactly that. */
    private static void isWhatTheConsentIsFor(ConsentCase one, Sluice sluice, Plan plan) {
        if (one.isOptional()) {
            return; // The replica is loaded by now.
        }
        CompiledPlan allowed = sluice.compile(allowing(plan, one.consent()));
        List<Operation> operations = allowed.steps().stream()
                .flatMap(step -> step.operations().stream())
                .toList();
        if (!WITHOUT_OPERATION.contains(one.consent())) {
            assertThat(operations)
                    .anyMatch(operation -> operation.info().consent().equals(Optional.of(one.consent())));
        }
    }

    private static Plan allowing(Plan plan, Consent consent) {
        if (plan instanceof ReplicationPlan replication) {
            return replication.allow(consent);
        }
        if (plan instanceof HeartbeatPlan heartbeat) {
            return HeartbeatPlan.create(heartbeat.replication().allow(consent));
        }
        if (plan instanceof CopyTablePlan copy) {
            return copy.allow(consent);
        }
        return ((EndPlan) plan).allow(consent);
    }
}
