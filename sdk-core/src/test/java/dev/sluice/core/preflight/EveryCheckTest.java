// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.preflight.CheckDescription;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule and every check of core fires where it should, and is silent where it should be. A new one without its two situations fails
 * here. Those of engines are held to the same by {@code EngineContract}.
 */
class EveryCheckTest {
    static Stream<CheckCase> cases() {
        return Stream.of(RuleCases.ALL, LogCases.ALL, LiveCases.ALL, VersionCases.ALL)
                .flatMap(List::stream);
    }

    @Test
    void eachHasItsTwoSituations() {
        List<String> known =
                new ServerRules().checks().stream().map(CheckDescription::id).toList();

        assertThat(known).hasSizeGreaterThan(80);
        assertThat(cases().map(CheckCase::toString)).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void codesAreUniqueAndEachHasAMeaningAndARemedy() {
        List<ErrorCode> codes = Stream.<ErrorCode[]>of(
                        RuleCode.values(),
                        CheckCode.values(),
                        LogCode.values(),
                        VersionCode.values(),
                        LoadCode.values())
                .flatMap(Stream::of)
                .toList();

        assertThat(codes).extracting(ErrorCode::id).doesNotHaveDuplicates();
        assertThat(codes).allSatisfy(code -> {
            assertThat(code.meaning()).isNotBlank();
            assertThat(code.remedy()).isNotBlank();
        });
    }

    /** Each of these lets rows be lost or mixed up without an error anywhere. */
    @Test
    void whatProtectsDataCannotBeLeftOut() {
        assertThat(LiveChecks.known())
                .filteredOn(check -> !check.canBeSkipped())
                .extracting(Described::id)
                .containsExactlyInAnyOrder(
                        "servers-reachable",
                        "server-ids-equal",
                        "source-binlog-filter",
                        "replica-holds-data",
                        "live-scope",
                        "stored-filter",
                        "filter-admits-too-much",
                        "foreign-keys-across-scope");
        assertThat(ServerRules.RULES)
                .allSatisfy(rule -> assertThat(rule.canBeSkipped()).isEqualTo(rule.level() != Level.ERROR));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void firesWhereItShould(CheckCase one) {
        List<Finding> findings = one.fires().get();

        assertThat(findings).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.check()).isEqualTo(one.of().id());
            assertThat(finding.level()).isGreaterThanOrEqualTo(one.of().level());
            assertThat(finding.problem().code()).isEqualTo(one.of().code());
            assertThat(finding.evidence()).isNotBlank();
            assertThat(finding.remedy()).isNotBlank();
        });
        assertThat(findings).extracting(Finding::level).contains(one.of().level());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isSilentWhereItShouldBe(CheckCase one) {
        assertThat(one.silent().get()).isEmpty();
    }
}
