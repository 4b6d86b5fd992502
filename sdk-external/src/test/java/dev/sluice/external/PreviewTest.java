// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.Scenario.END;
import static dev.sluice.external.Scenario.PLAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.testing.MockContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is previewed for each version whose statements differ, compared with files that a person has read. After a wanted change
 * run the tests with {@code -Dsluice.previews.write=true} and read the difference.
 */
class PreviewTest {
    private static final List<GuideStep> SET_UP = Arrays.stream(GuideStep.values())
            .filter(row -> row.compareTo(GuideStep.RELAX_RETENTION) <= 0)
            // Only in plans with a consent of its own: see RedoLogTest.
            .filter(row -> row != GuideStep.DISABLE_REDO_LOG && row != GuideStep.ENABLE_REDO_LOG)
            .toList();
    private static final List<GuideStep> TAKE_DOWN = Arrays.stream(GuideStep.values())
            .filter(row -> row.compareTo(GuideStep.START_REPLICATION) > 0)
            .filter(row -> row.compareTo(GuideStep.DISABLE_BINLOG) <= 0)
            .toList();

    @ParameterizedTest
    @ValueSource(strings = {"5.7.22", "8.0.15", "8.0.21", "8.0.22", "8.0.23", "8.0.31", "8.4.0", "9.7.4"})
    void followsPositionsInTheWordsOfTheVersion(String version) throws IOException {
        MockContext context = MockContext.of(
                demanding(PLAN).databases("orders", "a_b").withoutTables(TableName.of("orders", "log`s")),
                TestFacts.source(version).facts(),
                TestFacts.replica(version).facts());

        assertStored(version + "-position", PreviewText.of(context, SET_UP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.7.22", "8.0.15", "8.0.21", "8.0.22", "8.0.23", "8.0.31", "8.4.0", "9.7.4"})
    void followsGtidsInTheWordsOfTheVersion(String version) throws IOException {
        MockContext context = MockContext.of(
                demanding(PLAN),
                TestFacts.source(version).with("gtid_mode", "ON").facts(),
                TestFacts.replica(version).with("gtid_mode", "ON").facts());

        assertStored(version + "-gtid", PreviewText.of(context, SET_UP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.7.22", "8.0.15", "8.0.21", "8.0.22", "8.0.23", "8.0.31", "8.4.0", "9.7.4"})
    void endsInTheWordsOfTheVersion(String version) throws IOException {
        TestFacts replica = TestFacts.replica(version)
                .with("super_read_only", "ON")
                .with("filter.replicate-wild-do-table", "orders.%")
                .follows(TestFacts.SOURCE_UUID);
        MockContext context = MockContext.of(
                END.dropReplicationUser("sluice_repl", "10.0.0.2")
                        .purgeBinlogsTo("binlog.000007")
                        .disableBinlog(),
                TestFacts.source(version).facts(),
                replica.facts());

        assertStored(version + "-end", PreviewText.of(context, TAKE_DOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.7.22", "8.0.31"})
    void goesOnInTheWordsOfTheVersion(String version) throws IOException {
        MockContext context = MockContext.of(
                PausePlan.start(PLAN.databases("orders")),
                TestFacts.replica(version).follows(TestFacts.SOURCE_UUID).facts());

        assertStored(version + "-start", PreviewText.of(context, List.of(GuideStep.START_REPLICATION)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.7.22", "8.0.15", "8.0.31", "9.7.4"})
    void setsWhatIsNotAsReplicasNeedIt(String version) throws IOException {
        TestFacts source = TestFacts.source(version)
                .with("binlog_format", "MIXED")
                .with("binlog_row_image", "MINIMAL")
                .serverId(0);
        MockContext context = MockContext.of(
                PLAN.allowServerIdChange(),
                source.facts(),
                TestFacts.replica(version).serverId(0).facts());

        assertStored(
                version + "-settings",
                PreviewText.of(context, List.of(GuideStep.ENABLE_BINLOG, GuideStep.PREPARE_REPLICA)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.7.22", "8.0.31", "9.7.4"})
    void asksForARestartWhereTheLogIsOff(String version) throws IOException {
        TestFacts source = TestFacts.source(version).with("log_bin", "OFF").with("binlog_format", "STATEMENT");
        MockContext context = MockContext.of(
                PLAN.allowSourceRestart(),
                source.facts(),
                TestFacts.replica(version).facts());

        assertStored(version + "-restart", PreviewText.of(context, List.of(GuideStep.ENABLE_BINLOG)));
    }

    private static ReplicationPlan demanding(ReplicationPlan plan) {
        return plan.retainBinlogs(Duration.ofHours(145)).allowPlainText().allowReplicaBinlogReset();
    }

    private static void assertStored(String name, String preview) throws IOException {
        if (Boolean.getBoolean("sluice.previews.write")) {
            Files.writeString(Path.of("src/test/resources/previews", name + ".txt"), preview);
        }
        assertThat(preview).isEqualTo(stored(name));
        assertThat(preview).doesNotContain("source-password").doesNotContain("replica-password");
    }

    private static String stored(String name) throws IOException {
        if (Boolean.getBoolean("sluice.previews.write")) {
            return Files.readString(Path.of("src/test/resources/previews", name + ".txt"));
        }
        try (InputStream file = PreviewTest.class.getResourceAsStream("/previews/" + name + ".txt")) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
