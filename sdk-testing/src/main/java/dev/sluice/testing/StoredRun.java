// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.StepResult;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.FileJournal;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalRecord.OperationClosed;
import dev.sluice.core.journal.JournalRecord.OperationOpened;
import dev.sluice.core.journal.JournalRecord.RunOpened;
import dev.sluice.core.journal.JournalRecord.StepClosed;
import dev.sluice.core.journal.JournalRecord.StepOpened;
import dev.sluice.core.journal.JournalRecord.UndoRegistered;
import dev.sluice.core.journal.JournalWriter;
import dev.sluice.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A journal's file of a run whose process died in its last step, as a release has written it. */
final class StoredRun {
    private static final RunId RUN = new RunId("r-20261122-000000-000001");
    private static final Instant AT = Instant.parse("2026-11-22T00:00:00Z");

    private final Path file;
    private final Path folder;

    /**
     * A file, which need not be there yet.
     *
     * @param folder to work in, which is empty and the test's own
     */
    StoredRun(Path file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /** Writes it anew, of today's form: all steps but the last are done, and that one has begun its operations. */
    void write(Sluice sluice, CompiledPlan compiled) {
        try (JournalWriter writer = FileJournal.in(folder).take(RUN)) {
            writer.append(new RunOpened(AT, compiled.fingerprint(), Json.read(sluice.toJson(compiled))));
            records(compiled).forEach(writer::append);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.copy(stored(), file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<JournalRecord> records(CompiledPlan compiled) {
        List<JournalRecord> records = new ArrayList<>();
        int undos = 0;
        int last = compiled.steps().size() - 1;
        for (CompiledStep step : compiled.steps()) {
            String key = step.key().toString();
            boolean isDone = compiled.steps().indexOf(step) < last;
            records.add(new StepOpened(AT, key));
            for (Operation operation : step.operations()) {
                Target target = operation.info().target();
                for (Undo undo : operation.info().undos()) {
                    undos++;
                    records.add(new UndoRegistered(
                            AT,
                            "u" + undos,
                            key,
                            operation.id(),
                            (target == Target.BOTH ? Target.REPLICA : target).name(),
                            undo));
                }
                records.add(new OperationOpened(AT, key, operation.id(), 1));
                if (isDone) {
                    records.add(new OperationClosed(AT, key, operation.id()));
                }
            }
            if (isDone) {
                records.add(new StepClosed(AT, key, StepResult.Outcome.DONE, "as it should be"));
            }
        }
        return records;
    }

    /**
     * Reads it as a Sluice does that is to go on with it: its records, its compiled plan, of which today's code makes the same fingerprint, and
     * what is to be undone.
     */
    void assertKnownTo(Sluice sluice) {
        List<JournalRecord> records = copied().read(RUN);
        assertThat(records).as("%s", file).hasSizeGreaterThan(5);
        RunOpened opened = (RunOpened) records.get(0);
        CompiledPlan compiled = sluice.compiledPlanFromJson(Json.write(opened.compiled()));
        assertThat(compiled.fingerprint()).as("%s", file).isEqualTo(opened.fingerprint());
        assertThat(compiled.explain().text()).isNotBlank();
        assertThat(records.stream().filter(UndoRegistered.class::isInstance))
                .allSatisfy(undo ->
                        assertThat(((UndoRegistered) undo).undo().purpose()).isNotBlank());
    }

    private Journal copied() {
        try {
            Files.copy(file, stored());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return FileJournal.in(folder);
    }

    private Path stored() {
        return folder.resolve(RUN + ".journal");
    }
}
