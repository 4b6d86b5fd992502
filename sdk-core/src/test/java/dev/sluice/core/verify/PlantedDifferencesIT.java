// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.TableComparison.Result;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.verify.DifferencesIT.RowChange;
import dev.sluice.core.verify.DifferencesIT.StructureDifference;
import dev.sluice.testservers.MySqlRelease;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every kind of difference is found in both ways, while the source is written to, and nothing else: all are planted on one replica, and one
 * comparison a way has to tell exactly these.
 */
@Tag("long")
@Timeout(600)
class PlantedDifferencesIT {
    private static final long SEED = 20_261_122;
    private static final String BODIES = "planted_bodies";
    private static final String COUNTER = "planted_counter";

    private static final Set<String> HOT = Set.of("counters", "switches");
    private static final Set<Result> SURELY = Set.of(Result.EQUAL);
    private static final Set<Result> MAYBE = Set.of(Result.EQUAL, Result.UNDECIDED);

    /** What a server computes or rounds by its definition is another value in the rows, too. */
    private static final Set<String> IN_ROWS_AS_WELL =
            Set.of(database(StructureDifference.GENERATED), database(StructureDifference.SCALE));

    @ParameterizedTest
    @CsvSource({"MYSQL_5_7, MYSQL_5_7", "MYSQL_5_7, MYSQL_8_0_31", "MYSQL_8_0_31, MYSQL_8_0_31", "MYSQL_8_0_31, MYSQL_9"
    })
    void eachKindIsFoundInBothWays(MySqlRelease source, MySqlRelease replica) throws Exception {
        assertThat(RowChange.values().length + StructureDifference.values().length)
                .isGreaterThan(30);
        try (LivePair live = LivePair.of(source, replica)) {
            boolean countersCanBeBehind = replica == MySqlRelease.MYSQL_5_7;
            plant(live, countersCanBeBehind);
            live.pair().source().execute(HeavyWriter.tables("live").toArray(String[]::new));
            for (Way way : Way.values()) {
                try (HeavyWriter writer = HeavyWriter.on(live.pair().source(), "live", SEED)) {
                    VerificationReport report = way.compare(live, databases());

                    assertThat(writer.transactions()).isPositive();
                    assertThat(report.at().isPresent()).isEqualTo(way == Way.AT_ONE_POSITION);
                    rowsAreFound(report);
                    nothingElseIs(report, way);
                    definitionsAreFound(report);
                    counterIsFound(report, countersCanBeBehind);
                }
            }
        }
    }

    private static String[] databases() {
        return Stream.concat(
                        Stream.of(DifferencesIT.DATABASE, BODIES, COUNTER, "live"),
                        Arrays.stream(StructureDifference.values()).map(PlantedDifferencesIT::database))
                .toArray(String[]::new);
    }

    private static String database(StructureDifference difference) {
        return "planted_" + difference.name().toLowerCase(Locale.ROOT);
    }

    private static void plant(LivePair live, boolean countersCanBeBehind) {
        live.pair().source().execute(DifferencesIT.rows().toArray(String[]::new));
        live.pair().source().execute(copies().toArray(String[]::new));
        live.pair().source().execute(AllDefinitions.in(BODIES).toArray(String[]::new));
        live.pair().source().execute(AllDefinitions.in(COUNTER).toArray(String[]::new));
        if (countersCanBeBehind) {
            live.pair().source().execute("UPDATE " + COUNTER + ".t SET id = 1000, c = c");
        }
        for (StructureDifference difference : StructureDifference.values()) {
            live.pair().source().execute(AllDefinitions.in(database(difference)).toArray(String[]::new));
        }
        live.awaitCaughtUp();
        List<String> changes = new ArrayList<>(List.of("SET SESSION sql_log_bin = 0"));
        changes.addAll(rowChanges());
        live.pair().replica().execute(changes.toArray(String[]::new));
        for (StructureDifference difference : StructureDifference.values()) {
            live.pair()
                    .replica()
                    .execute(
                            "SET SESSION sql_log_bin = 0",
                            "SET NAMES utf8mb4 COLLATE utf8mb4_general_ci",
                            "USE " + database(difference),
                            difference.change.replace(DifferencesIT.DATABASE, database(difference)));
        }
        otherBodies(live);
        if (countersCanBeBehind) {
            // Updates leave the counter behind on either server; the source is told about it.
            live.pair()
                    .source()
                    .execute("SET SESSION sql_log_bin = 0", "ALTER TABLE " + COUNTER + ".t AUTO_INCREMENT = 1001");
        }
    }

    private static List<String> copies() {
        List<String> statements = new ArrayList<>(
                List.of("SET SESSION sql_mode = '', SESSION time_zone = '+00:00', NAMES utf8mb4", "USE planted"));
        for (RowChange difference : RowChange.values()) {
            statements.add("CREATE TABLE " + difference + " LIKE " + difference.table);
            statements.add("INSERT INTO " + difference + " SELECT * FROM " + difference.table);
        }
        return statements;
    }

    private static List<String> rowChanges() {
        List<String> statements = new ArrayList<>(
                List.of("SET SESSION sql_mode = '', SESSION time_zone = '+00:00', NAMES utf8mb4", "USE planted"));
        for (RowChange difference : RowChange.values()) {
            statements.add(
                    difference.change.replaceFirst("(UPDATE|FROM|INTO) " + difference.table, "$1 " + difference));
        }
        return statements;
    }

    private static void otherBodies(LivePair live) {
        live.pair()
                .replica()
                .execute(
                        "SET SESSION sql_log_bin = 0",
                        "SET NAMES utf8mb4 COLLATE utf8mb4_general_ci",
                        "SET SESSION sql_mode = 'ANSI_QUOTES'",
                        "USE " + BODIES,
                        "DROP TRIGGER tr2",
                        "CREATE TRIGGER tr2 BEFORE INSERT ON t FOR EACH ROW PRECEDES tr1 SET NEW.a = 4",
                        "ALTER EVENT ev2 DO SET @x = 2");
    }

    private static void rowsAreFound(VerificationReport report) {
        assertThat(RowChange.values()).allSatisfy(difference -> {
            TableComparison table = Pair.table(report, difference.name());
            assertThat(table.result()).isEqualTo(Result.DIFFERENT);
            assertThat(table.differences()).anySatisfy(line -> assertThat(line).contains(difference.told));
            assertThat(table.rows()).isNotEmpty();
        });
    }

    /** Looked at live, a row that changes all the time may stay undecided. */
    private static void nothingElseIs(VerificationReport report, Way way) {
        List<String> planted = Arrays.stream(RowChange.values()).map(Enum::name).toList();
        assertThat(report.tables())
                .filteredOn(table -> !planted.contains(table.table().table())
                        && !IN_ROWS_AS_WELL.contains(table.table().database()))
                .allSatisfy(table -> assertThat(table.result())
                        .as(table.toString())
                        .isIn(way == Way.LIVE && HOT.contains(table.table().table()) ? MAYBE : SURELY));
    }

    private static void definitionsAreFound(VerificationReport report) {
        assertThat(StructureDifference.values())
                .allSatisfy(difference -> assertThat(report.structure())
                        .anySatisfy(line -> assertThat(line)
                                .startsWith(difference.told.replace(DifferencesIT.DATABASE, database(difference)))));
        assertThat(report.structure())
                .contains("event " + BODIES + ".ev2: body differs", "trigger " + BODIES + ".tr2: body differs");
        // A few change more than one thing, such as the parts of a table that is missing.
        assertThat(report.structure()).allSatisfy(line -> assertThat(line).matches(".*planted(_[a-z_]+)?.*"));
        assertThat(report.structure().size()).isLessThanOrEqualTo(StructureDifference.values().length + 3 + 10);
    }

    /** From 8.0 on an update moves it as well. */
    private static void counterIsFound(VerificationReport report, boolean isBehind) {
        assertThat(report.structure().stream()
                        .filter(line -> line.startsWith("table " + COUNTER))
                        .toList())
                .isEqualTo(
                        isBehind
                                ? List.of("table " + COUNTER
                                        + ".t: AUTO_INCREMENT on the replica would give out a value that is taken")
                                : List.of());
    }
}
