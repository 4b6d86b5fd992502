// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each procedure on each flavour: what it answers in which state, and what it leaves, with the fact that says so. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS) // servers are dressed once
class ProcedureTableIT {
    private final Map<RdsFlavour, Stage> stages = new EnumMap<>(RdsFlavour.class);

    /** Where nothing replicates yet, which is quick. */
    static Stream<Arguments> sample() {
        return everything().filter(ProcedureTableIT::isQuick);
    }

    /** All others: some rows change what cannot be changed back, and so are good for one call. */
    static Stream<Arguments> all() {
        return everything().filter(row -> !isQuick(row));
    }

    private static Stream<Arguments> everything() {
        return Arrays.stream(RdsFlavour.values()).flatMap(ProcedureTableIT::of);
    }

    private static boolean isQuick(Arguments row) {
        return row.get()[0] == RdsFlavour.AURORA_3 && row.get()[1].equals("none");
    }

    private static Stream<Arguments> of(RdsFlavour flavour) {
        return Table.rows("procedures.txt").stream()
                .filter(row -> concerns(row.get(1), flavour))
                .map(row -> Arguments.of(flavour, row.get(0), row.get(2), row.get(3), row.get(4), last(row)));
    }

    private static String last(List<String> row) {
        return row.size() > 5 ? row.get(5) : "";
    }

    private static boolean concerns(String group, RdsFlavour flavour) {
        return Arrays.stream(group.split(" ")).anyMatch(name -> switch (name) {
            case "ALL" -> true;
            case "RDS" -> !flavour.isAurora();
            case "AURORA" -> flavour.isAurora();
            case "CHANNELS" -> !flavour.isAurora() || flavour == RdsFlavour.AURORA_8_4;
            default -> flavour.name().equals(name);
        });
    }

    @ParameterizedTest(name = "{0}, {1}: {2} -> {3} [{4}]")
    @MethodSource
    void sample(RdsFlavour flavour, String state, String call, String answer, String fact, String left)
            throws SQLException {
        check(flavour, state, call, answer, left);
    }

    @ParameterizedTest(name = "{0}, {1}: {2} -> {3} [{4}]")
    @MethodSource
    @Tag("long")
    void all(RdsFlavour flavour, String state, String call, String answer, String fact, String left)
            throws SQLException {
        check(flavour, state, call, answer, left);
    }

    private void check(RdsFlavour flavour, String state, String call, String answer, String left) throws SQLException {
        Stage stage = stages.computeIfAbsent(flavour, Stage::of);
        stage.enter(state);
        try (Connection admin = stage.rds().connectAsAdmin()) {
            assertThat(Caller.callAll(admin, stage.filled(call))).matches(Stage.pattern(stage.filled(answer)));
        }
        if (!left.isEmpty()) {
            int equals = left.lastIndexOf(" = ");
            assertThat(stage.value(stage.filled(left.substring(0, equals)))).isEqualTo(left.substring(equals + 3));
        }
    }

    @AfterAll
    void end() {
        stages.values().forEach(Stage::close);
    }
}
