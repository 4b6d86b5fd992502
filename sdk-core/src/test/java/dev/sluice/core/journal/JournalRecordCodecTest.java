// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.document.Document;
import dev.sluice.api.error.Effect;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.run.RunEvent.UndoOutcome;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record comes back from its line as it was. */
class JournalRecordCodecTest {
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07.089Z");

    static Stream<JournalRecord> records() {
        Undo undo = new Undo(
                UndoScope.ROLLBACK,
                "take it back",
                List.of(Statement.of("SET SESSION foreign_key_checks = 0")),
                Statement.of("DROP TABLE IF EXISTS `a`.`t`"),
                new Undo.OnlyIf("SHOW SLAVE STATUS", List.of("Master_User", "Master_Host"), "repl db1"));
        return Stream.of(
                new JournalRecord.RunOpened(AT, "abc", Document.empty().with("plan", "p")),
                new JournalRecord.StepOpened(AT, "fake/load@1"),
                new JournalRecord.StepClosed(AT, "fake/load@1", StepResult.Outcome.DONE, "it is \"there\"\n"),
                new JournalRecord.UndoRegistered(AT, "u1", "fake/load@1", "load", "REPLICA", undo),
                new JournalRecord.UndoSettled(AT, "u1", UndoOutcome.LEFT, "it holds shop.ü", true),
                new JournalRecord.OperationOpened(AT, "fake/load@1", "load", 2),
                new JournalRecord.OperationClosed(AT, "fake/load@1", "load"),
                new JournalRecord.OperationFailed(AT, "fake/load@1", "load", "CORE-716", Effect.UNKNOWN),
                new JournalRecord.SlotFilled(AT, "coordinates", Document.empty().with("file", "binlog.000007")),
                new JournalRecord.PasswordMadeUp(AT, "repl", "10.%"),
                new JournalRecord.TableLoaded(AT, "shop", "t", 5, 50),
                new JournalRecord.CopyFinished(AT, 5, 50, Duration.ofMillis(1234)),
                new JournalRecord.WritersHeldUp(AT, Duration.ofMillis(17)),
                new JournalRecord.TableCompared(AT, "shop", "t", 5, 6, 1),
                new JournalRecord.ActionConfirmed(AT, "copy", "ada@example.com", "mysql-bin-changelog.000003 4278"),
                new JournalRecord.RunResumed(AT),
                new JournalRecord.StepsDone(AT),
                new JournalRecord.RunAbandoned(AT),
                new JournalRecord.RunClosed(AT, RunState.FAILED, "why"));
    }

    @ParameterizedTest
    @MethodSource("records")
    void comesBackAsItWas(JournalRecord entry) {
        assertThat(JournalRecordCodec.read(JournalRecordCodec.write(entry))).isEqualTo(entry);
    }

    @Test
    void noKindOfRecordIsForgotten() {
        assertThat(records().map(Object::getClass).toList())
                .containsExactlyInAnyOrder(JournalRecord.class.getPermittedSubclasses());
    }

    /**
     * In all forms that there have been. A new form of a record gets a new version and a new file beside the others, which stay as they are;
     * {@code -Dsluice.fixtures.write=true} writes it.
     */
    @Test
    void recordsOfTheLatestFormAreReadAsTheyWereWritten() throws IOException {
        Path fixture = fixture("0.1.0-2");
        if (Boolean.getBoolean("sluice.fixtures.write")) {
            Files.createDirectories(fixture.getParent());
            Files.write(fixture, records().map(JournalRecordCodec::write).toList());
        }
        assertThat(Files.readAllLines(fixture).stream().map(JournalRecordCodec::read))
                .containsExactlyElementsOf(records().toList());
    }

    @Test
    void recordsOfTheFirstFormAreReadAsTheyWereWritten() throws IOException {
        Set<Class<?>> later = Set.of(JournalRecord.CopyFinished.class, JournalRecord.WritersHeldUp.class);

        assertThat(Files.readAllLines(fixture("0.1.0")).stream().map(JournalRecordCodec::read))
                .containsExactlyElementsOf(records()
                        .filter(entry -> !later.contains(entry.getClass()))
                        .toList());
    }

    private static Path fixture(String form) {
        return Path.of("src", "test", "resources", "journals", form, "records.jsonl");
    }

    @Test
    void whatWasVoidBeforeItCouldBeSaidDoesNotCount() {
        String settled =
                "{\"v\":1,\"at\":\"2026-03-04T05:06:07.089Z\",\"type\":\"UndoSettled\",\"undo\":\"u1\",\"outcome\":\"LEFT\","
                        + "\"detail\":\"the run succeeded\"}";

        assertThat(JournalRecordCodec.read(settled))
                .isEqualTo(new JournalRecord.UndoSettled(AT, "u1", UndoOutcome.LEFT, "the run succeeded", false));
    }

    @Test
    void aFormThatIsNotKnownYetIsRefused() {
        assertThatThrownBy(() ->
                        JournalRecordCodec.read("{\"v\":2,\"at\":\"2026-03-04T05:06:07.089Z\",\"type\":\"StepsDone\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("StepsDone of version 2");
    }
}
