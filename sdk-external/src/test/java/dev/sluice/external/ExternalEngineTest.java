// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.Scenario.PLAN;
import static dev.sluice.external.Scenario.context;
import static dev.sluice.external.Scenario.replica;
import static dev.sluice.external.Scenario.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.Spi;
import dev.sluice.api.spi.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExternalEngineTest {
    private final ExternalEngine engine = ExternalEngine.create();

    @Test
    void itDoesEveryRowThatNeitherCoreNorAProviderDoes() {
        List<GuideStep> rows = Stream.of(engine.sourceSteps(), engine.replicaSteps(), engine.tableCopySteps())
                .flatMap(List::stream)
                .map(Step::row)
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(GuideStep.values())
                        .filter(row -> !Set.of(
                                        GuideStep.SNAPSHOT,
                                        GuideStep.LOAD,
                                        GuideStep.KEEP_BACKUPS,
                                        GuideStep.CATCH_UP,
                                        GuideStep.VERIFY,
                                        GuideStep.ENABLE_EVENTS,
                                        GuideStep.CREATE_HEARTBEAT,
                                        GuideStep.REMOVE_HEARTBEAT)
                                .contains(row))
                        .toList());
    }

    @Test
    void itSaysWhoItIsAndHowItLocks() {
        assertThat(engine.id().value()).isEqualTo("external-mysql");
        assertThat(engine.builtForSpi()).isEqualTo(Spi.LEVEL);
        assertThat(engine.snapshotLocks()).containsExactly(LockKind.GLOBAL_READ_LOCK, LockKind.TABLE_WRITE_LOCKS);
        assertThat(engine.locate(Scenario.SOURCE)).isEqualTo(new ServerAddress("10.0.0.1", 3306));
        assertThat(engine.controlPlane()).isEmpty();
    }

    @Test
    void eachStepHasAKeyOfItsOwn() {
        assertThat(Stream.concat(engine.sourceSteps().stream(), engine.replicaSteps().stream())
                        .map(step -> step.key().toString()))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.startsWith("external-mysql/"));
    }

    @Test
    void codesAreUniqueAndEachHasAMeaningAndARemedy() {
        assertThat(Arrays.stream(ExternalErrorCode.values()).map(ErrorCode::id).collect(Collectors.toSet()))
                .hasSameSizeAs(ExternalErrorCode.values());
        assertThat(ExternalErrorCode.values()).allSatisfy(code -> {
            assertThat(code.id()).matches("EXT-\\d{3}");
            assertThat(code.meaning()).isNotBlank();
            assertThat(code.remedy()).isNotBlank();
        });
    }

    @Test
    void aLogThatHoldsPasswordsIsFound() {
        TestFacts raw = source().with("log_raw", "ON").with("general_log", "ON");

        assertThat(new RawLogCheck(Target.SOURCE).examine(context(PLAN, raw, replica())))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString()).contains("EXT-302"));
        assertThat(new RawLogCheck(Target.REPLICA).examine(context(PLAN, raw, replica())))
                .isEmpty();
        assertThat(new RawLogCheck(Target.SOURCE).examine(context(PLAN, source().with("log_raw", "ON"), replica())))
                .isEmpty();
    }
}
