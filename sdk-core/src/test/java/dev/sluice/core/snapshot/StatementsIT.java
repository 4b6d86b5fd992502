// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.CatalogStatements;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.testservers.GeneralLog;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("long")
class StatementsIT {
    /** What only looks; and what the toolkit and the driver say to every session of theirs. */
    private static final Pattern PLAIN = Pattern.compile(
            "(SELECT|SHOW|XA RECOVER|SET NAMES utf8mb4, |SET ROLE ALL|/\\* mysql-connector|SET character_set_results"
                    + "|SET autocommit).*",
            Pattern.DOTALL);

    static Stream<Arguments> someServersAndLocks() {
        return ConsistencyIT.someServersAndLocks();
    }

    @ParameterizedTest
    @MethodSource("someServersAndLocks")
    void whateverIsSentBeyondPlainLooksIsInThePreview(MySqlRelease release, LockKind lock) throws Exception {
        try (Source source = Source.of(release)) {
            source.execute("CREATE USER test_watched IDENTIFIED BY 'pw'", "GRANT ALL ON *.* TO test_watched");
            source.execute("CREATE TABLE app.`quoted ``and, WRITE` (id INT)", "CREATE TABLE app.busy (id INT)");
            source.execute("INSERT INTO app.busy VALUES (1)");
            GeneralLog log = source.server().generalLog();
            GeneralLog.Mark mark = log.on();

            takeReadAndBeInterrupted(source, lock);

            source.server().generalLog().off();
            List<GeneralLog.Entry> entries = log.entriesSince(mark);
            Set<Long> ours = entries.stream()
                    .filter(entry -> entry.command().equals("Connect"))
                    .filter(entry -> entry.text().startsWith("test_watched@"))
                    .map(GeneralLog.Entry::connectionId)
                    .collect(Collectors.toSet());
            List<String> sent = entries.stream()
                    .filter(entry -> ours.contains(entry.connectionId()) && entry.isStatement())
                    .map(GeneralLog.Entry::text)
                    .filter(text -> !PLAIN.matcher(text).matches())
                    .filter(text -> !CatalogStatements.templates().contains(text))
                    .toList();
            List<Pattern> templates = SnapshotStatements.templates(Set.of(lock)).stream()
                    .map(StatementsIT::pattern)
                    .toList();
            assertThat(sent)
                    .isNotEmpty()
                    .allMatch(text ->
                            templates.stream().anyMatch(t -> t.matcher(text).matches()));
            // None is listed for nothing, so that the preview shows no more than what can happen.
            assertThat(templates)
                    .allMatch(
                            t -> sent.stream().anyMatch(text -> t.matcher(text).matches()));
        }
    }

    /** A first try that has to be ended because of a query that comes in the last moment, then a snapshot, then a unit. */
    private static void takeReadAndBeInterrupted(Source source, LockKind lock) throws Exception {
        Heard heard = new Heard();
        heard.whenTrying(() -> {
            heard.whenTrying(() -> {});
            source.background("SELECT SLEEP(1) FROM app.busy");
            Source.eventually(() -> source.running("User sleep", "SELECT SLEEP%") > 0);
        });
        SnapshotRequest request = Source.request(Duration.ofSeconds(2), Source.SOON, lock);
        try (Snapshot snapshot =
                Source.taker().take(source.connector("test_watched", "pw"), request, heard, new Cancellation())) {
            assertThat(heard.setBacks).contains(SnapshotErrorCode.IN_THE_WAY);
            try (ReadUnit unit = snapshot.unit(snapshot.readers().get(0))) {
                unit.session().query("SELECT * FROM app.busy");
                unit.confirm(List.of(TableName.of("app", "busy")), new Cancellation());
            }
        }
        heard.whenReleased(() -> source.execute("CREATE VIEW app.late AS SELECT 1"));
        try (Snapshot second = Source.taker()
                .take(
                        source.connector("test_watched", "pw"),
                        request,
                        heard.whenSetBack(() -> heard.whenReleased(() -> {})),
                        new Cancellation())) {
            assertThat(second.readers()).hasSize(3);
        }
    }

    private static Pattern pattern(String template) {
        StringBuilder regex = new StringBuilder();
        for (String part : template.split("(?=<)|(?<=>)")) {
            regex.append(part.startsWith("<") ? ".+" : Pattern.quote(part));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
