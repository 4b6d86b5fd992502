// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.Consent;
import dev.sluice.api.preflight.Finding.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRulesTest {
    private static Situation pair(String source, String replica) {
        return Situation.of(server(Server.source(), source), server(Server.replica(), replica));
    }

    private static Server server(Server server, String version) {
        String[] numbers = version.split("\\.");
        return server.version(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
    }

    @ParameterizedTest
    @CsvSource({
        "5.7.22, 5.7.44",
        "5.7.22, 8.0.15",
        "8.0.31, 8.0.31",
        "8.0.31, 8.0.15",
        "8.0.31, 8.3.0",
        "8.0.31, 8.4.5",
        "8.1.0, 8.3.0",
        "8.3.0, 8.4.0",
        "8.4.5, 9.0.0",
        "8.4.5, 9.7.4",
        "9.1.0, 9.7.0",
        "9.7.4, 26.7.0"
    })
    void adjacentSeriesReplicate(String source, String replica) {
        assertThat(new PairNotAdjacent().problems(pair(source, replica))).isEmpty();
        assertThat(new SourceNewer().problems(pair(source, replica))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "5.6.14, 8.0.31",
        "5.7.22, 8.1.0",
        "5.7.22, 8.4.5",
        "5.7.22, 9.7.4",
        "8.0.33, 9.7.4",
        "8.3.0, 9.0.0",
        "8.4.5, 26.7.0"
    })
    void otherPairsNeedConsent(String source, String replica) {
        assertThat(new PairNotAdjacent().problems(pair(source, replica)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).contains(source, replica);
                    assertThat(problem.remedy()).contains(".allowUnsupportedPair()");
                });
    }

    @Test
    void anUnsupportedPairWithConsentIsFine() {
        assertThat(new PairNotAdjacent()
                        .problems(pair("8.0.33", "9.7.4").plan(plan -> plan.allow(Consent.UNSUPPORTED_PAIR))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"8.0.15, 5.7.44", "8.4.0, 8.0.31", "9.7.4, 8.4.5", "9.1.0, 9.0.1", "26.7.0, 9.7.4"})
    void aSourceOfANewerSeriesIsRefusedWhateverThePlanAllows(String source, String replica) {
        Situation situation = pair(source, replica).plan(plan -> plan.allow(Consent.UNSUPPORTED_PAIR));

        assertThat(new SourceNewer().problems(situation))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains(source, replica));
    }

    @Test
    void aNewerPatchOnTheSourceIsAWarning() {
        assertThat(new SourcePatchNewer().level()).isEqualTo(Level.WARNING);
        assertThat(new SourcePatchNewer().problems(pair("8.0.33", "8.0.31"))).hasSize(1);
        assertThat(new SourceNewer().problems(pair("8.0.33", "8.0.31"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"8.0.31, 8.0.31", "8.0.31, 8.0.33", "8.0.33, 8.4.0"})
    void aNewerReplicaIsNoWarning(String source, String replica) {
        assertThat(new SourcePatchNewer().problems(pair(source, replica))).isEmpty();
    }
}
