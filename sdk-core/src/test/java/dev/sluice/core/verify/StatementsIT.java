// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testservers.GeneralLog;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is sent that the preview does not show. */
@Tag("long")
class StatementsIT {
    /** How each session of the toolkit and of the driver begins. */
    private static final List<Pattern> GREETING = Stream.of(
                    "SELECT  @@session.auto_increment_increment .*",
                    "SET character_set_results = .*",
                    "SET autocommit ?= ?1",
                    "SHOW GLOBAL STATUS LIKE 'Uptime'",
                    "SELECT CONNECTION_ID\\(\\), VERSION\\(\\), .*",
                    "SET NAMES utf8mb4, SESSION time_zone .*",
                    "SET ROLE ALL")
            .map(text -> Pattern.compile(text, Pattern.DOTALL))
            .toList();

    private static final List<Pattern> TEMPLATES =
            VerifyStatements.templates().stream().map(StatementsIT::pattern).toList();

    /** Holes may hold anything. */
    private static Pattern pattern(String template) {
        String regex = Stream.of(template.split("<[^<>]*(<[^<>]*>)*[^<>]*>", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void everyStatementIsOneOfThePreview(MySqlRelease release) throws Exception {
        try (LivePair live = LivePair.byPosition(release, release)) {
            live.pair().source().execute(AllTypes.in("types").toArray(String[]::new));
            live.pair().source().execute(AllDefinitions.in("definitions").toArray(String[]::new));
            live.awaitCaughtUp();
            live.pair()
                    .replica()
                    .execute(
                            "SET SESSION sql_log_bin = 0",
                            "DELETE FROM types.numbers WHERE id = 1",
                            "UPDATE types.documents SET j = '{}' WHERE id = 1",
                            "INSERT INTO types.keyless VALUES (7, 'x', NULL)");
            GeneralLog.Mark source = live.pair().source().generalLog().on();
            GeneralLog.Mark replica = live.pair().replica().generalLog().on();

            var report = live.pair()
                    .compare(Pair.request(Consistency.LIVE, "types", "definitions")
                            .withRowsAtOnce(8));

            assertThat(report.mismatches()).isEqualTo(3);
            allAreOfThePreview(live.pair().source(), source);
            allAreOfThePreview(live.pair().replica(), replica);
        }
    }

    private static void allAreOfThePreview(MySqlServer server, GeneralLog.Mark mark) {
        List<String> sent = server.generalLog().entriesSince(mark).stream()
                .filter(GeneralLog.Entry::isStatement)
                .map(GeneralLog.Entry::text)
                .filter(text -> GREETING.stream()
                        .noneMatch(greeting -> greeting.matcher(text).matches()))
                .toList();
        assertThat(sent).hasSizeGreaterThan(50);
        assertThat(sent)
                .allSatisfy(text -> assertThat(TEMPLATES)
                        .as(text)
                        .anySatisfy(template -> assertThat(text).matches(template)));
        assertThat(sent)
                .allSatisfy(text ->
                        assertThat(text).matches("(?s)(SELECT|SHOW|EXPLAIN FORMAT=TRADITIONAL SELECT|SET SESSION) .*"));
    }
}
