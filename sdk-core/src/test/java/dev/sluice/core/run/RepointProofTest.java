// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a server that has lost its configuration may be pointed again. */
class RepointProofTest {
    private static final String SOURCE = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String ELSEWHERE = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

    private static Optional<MySqlGtidSet> set(String text) {
        return Optional.of(MySqlGtidSet.parse(text));
    }

    private static ServerSession server(String executed, String purged) {
        Map<String, String> values =
                Map.of("SELECT @@GLOBAL.gtid_executed", executed, "SELECT @@GLOBAL.gtid_purged", purged);
        return sql -> {
            Map<String, @Nullable String> row = new HashMap<>();
            row.put("value", values.get(sql));
            return List.of(Row.of(row));
        };
    }

    private static ThrowingCallable proving(RepointProof proof, ServerSession replica, ServerSession source) {
        return () -> proof.require(replica, source, SOURCE);
    }

    private static void refused(ThrowingCallable proving, String why) {
        assertThatThrownBy(proving)
                .isInstanceOfSatisfying(
                        StepRefusedException.class,
                        e -> org.assertj.core.api.Assertions.assertThat(e.code())
                                .isEqualTo(RunCode.REPOINT_UNPROVEN))
                .hasMessageContaining(why);
    }

    @Test
    void holdsWhereAllIsThereAndTheSourceHasTheRest() {
        RepointProof proof = new RepointProof(set(SOURCE + ":1-5"), set(SOURCE + ":1-7"));

        assertThatCode(proving(
                        proof,
                        server(SOURCE + ":1-8," + ELSEWHERE + ":1-3", ""),
                        server(SOURCE + ":1-20", SOURCE + ":1-8")))
                .doesNotThrowAnyException();
    }

    @Test
    void failsWhereWhatWasSeenIsMissing() {
        RepointProof proof = new RepointProof(set(SOURCE + ":1-5"), set(SOURCE + ":1-7"));

        refused(proving(proof, server(SOURCE + ":1-6", ""), server(SOURCE + ":1-20", "")), "its data are others");
    }

    @Test
    void failsWhereTheSourceHasPurgedWhatComesNext() {
        RepointProof proof = new RepointProof(set(SOURCE + ":1-5"), Optional.empty());

        refused(
                proving(proof, server(SOURCE + ":1-7", ""), server(SOURCE + ":1-20", SOURCE + ":1-8")),
                "has purged what the replica lacks");
    }

    @Test
    void failsWhereTheReplicaIsAheadOfItsSource() {
        RepointProof proof = new RepointProof(set(SOURCE + ":1-5"), Optional.empty());

        refused(
                proving(proof, server(SOURCE + ":1-9", ""), server(SOURCE + ":1-8", "")),
                "that the source does not have");
    }

    @Test
    void failsWhereNobodyKnowsWhatWasThere() {
        refused(
                proving(
                        new RepointProof(Optional.empty(), Optional.empty()),
                        server(SOURCE + ":1-9", ""),
                        server(SOURCE + ":1-9", "")),
                "nobody knows");
        refused(
                proving(new RepointProof(Optional.empty(), set("")), server("", ""), server(SOURCE + ":1-9", "")),
                "no GTIDs before");
    }
}
