// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunId;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.StoredObject;
import dev.sluice.core.copy.CreatedObjects;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a copy is taken back. */
class CopyUndosTest {
    private static final CreatedObjects CREATED = new CreatedObjects(
            List.of("new"),
            List.of(TableName.of("old", "t")),
            List.of(new CreatedObjects.ObjectName(StoredObject.Kind.VIEW, TableName.of("old", "v"))));

    private final List<Undo> undos =
            CopyUndos.of(CREATED, new Catalog("utf8mb4_0900_ai_ci", List.of(), List.of(), List.of()));

    /** A session that is lost on the way takes its settings with it, and tables that refer to each other could not be dropped. */
    @Test
    void everyDropBringsTheSettingOfItsSessionAlong() {
        assertThat(undos)
                .hasSize(3)
                .allSatisfy(undo -> assertThat(undo.statements())
                        .extracting(Statement::preview)
                        .hasSize(2)
                        .startsWith("SET SESSION foreign_key_checks = 0")
                        .last()
                        .asString()
                        .contains(" IF EXISTS "));
    }

    @Test
    void largeSchemasAreDroppedByHundredsAndSmallOnesAreNamed() {
        CreatedObjects created = new CreatedObjects(
                List.of(),
                IntStream.range(0, 201)
                        .mapToObj(number -> TableName.of("old", "t" + number))
                        .toList(),
                List.of());

        List<Undo> drops = CopyUndos.of(created, new Catalog("utf8mb4_0900_ai_ci", List.of(), List.of(), List.of()));

        assertThat(drops)
                .extracting(Undo::purpose)
                .containsExactly(
                        "drop the tables old.t0, old.t1, old.t2 and 97 more that the copy created",
                        "drop the tables old.t100, old.t101, old.t102 and 97 more that the copy created",
                        "drop the table old.t200 that the copy created");
        assertThat(drops.get(0).statement().preview())
                .startsWith("DROP TABLE IF EXISTS `old`.`t0`, `old`.`t1`, ")
                .endsWith(", `old`.`t99`");
    }

    @Test
    void theJournalKeepsTheSettings() {
        Journal journal = Journal.inMemory();
        RunId run = new RunId("r-1");

        try (JournalWriter writer = journal.take(run)) {
            undos.forEach(undo -> writer.append(
                    new JournalRecord.UndoRegistered(Instant.EPOCH, "u1", "load", "copy", "REPLICA", undo)));
        }

        assertThat(journal.read(run))
                .extracting(entry -> ((JournalRecord.UndoRegistered) entry).undo())
                .isEqualTo(undos);
    }
}
