// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.DatabaseDefinition;
import dev.sluice.core.catalog.StoredObject;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.copy.CopyRequest.ReplicaBinlog;
import dev.sluice.core.dump.DumpAndLoad;
import dev.sluice.core.dump.DumpCode;
import dev.sluice.core.dump.DumpContent;
import dev.sluice.core.dump.DumpListener;
import dev.sluice.core.dump.DumpPrograms;
import dev.sluice.core.dump.DumpRequest;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.snapshot.LockWindow;
import dev.sluice.core.snapshot.SnapshotOpener;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One copy whose rows programs bring. A {@link dev.sluice.core.snapshot.SnapshotTaker} holds the lock while the dump opens its
 * transaction; {@link #load} lets it flow to the replica, and does there what is the same whatever brings the rows. Closing ends whatever
 * still runs. For one copy; not thread-safe but for the cancellation.
 */
public final class DumpCopy implements SnapshotOpener, AutoCloseable {
    private final DumpAndLoad dump;
    private final DumpRequest request;
    private final Supplier<Catalog> definitions;
    private final ReplicaBinlog binlog;
    private final DumpListener listener;
    private volatile boolean open;

    /**
     * A copy of which nothing is begun.
     *
     * @param definitions the scope's as they were read last; asked again for each try of a snapshot and for the load
     * @param binlog whether the load may stay out of the replica's binary log
     * @throws dev.sluice.api.error.StepRefusedException if no programs were given
     */
    public DumpCopy(
            DumpPrograms programs,
            DumpRequest request,
            Supplier<Catalog> definitions,
            ReplicaBinlog binlog,
            DumpListener listener) {
        this.dump = programs.copy(request, listener);
        this.request = request;
        this.definitions = requireNonNull(definitions, "definitions");
        this.binlog = requireNonNull(binlog, "binlog");
        this.listener = listener;
    }

    @Override
    public void prepare(Cancellation cancellation) {
        discard();
        cancellation.check();
        dump.prepare(content(), cancellation);
    }

    private DumpContent content() {
        Catalog catalog = definitions.get();
        return new DumpContent(
                catalog.databases().stream().map(DatabaseDefinition::name).toList(),
                catalog.tables().stream().map(TableDefinition::name).toList(),
                catalog.objects(StoredObject.Kind.VIEW).stream()
                        .map(view -> TableName.of(view.database(), view.name()))
                        .toList(),
                code());
    }

    private DumpContent.Code code() {
        return DumpContent.Code.between(
                request.source().connector().version(), replica().version());
    }

    private MySqlConnector replica() {
        return request.replica().connector();
    }

    @Override
    public void open(LockWindow window) {
        dump.open(window);
        open = true;
    }

    @Override
    public void discard() {
        open = false;
        dump.close();
    }

    /**
     * Lets the dump flow to the replica, then creates the events, disabled, and counts. When this returns or throws, the programs and their
     * sessions have ended.
     *
     * @param creating hears what is going to be created, once it is sure that the replica has none of it
     * @throws dev.sluice.api.error.StepException if a program failed; what was loaded stays for the undo
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled
     * @throws IllegalStateException if no dump is open
     */
    public DumpReport load(Consumer<CreatedObjects> creating, Cancellation cancellation) {
        long began = System.nanoTime();
        if (!open) {
            throw new IllegalStateException("No dump is open");
        }
        Catalog catalog = definitions.get();
        ReplicaStructure structure =
                new ReplicaStructure(replica(), new CopyRequest(1, binlog), catalog, listener::warning);
        boolean byStatements = code() == DumpContent.Code.BY_STATEMENTS;
        long bytes;
        try (DumpAndLoad running = dump;
                Cancellation.Registration killed = cancellation.onCancel(running::kill)) {
            creating.accept(structure.requireAbsent(cancellation));
            warnOfFloats(catalog);
            if (byStatements) {
                structure.createDatabasesAndRoutines(cancellation);
            }
            bytes = running.load(structure.acceptedSettings(cancellation), cancellation);
        } finally {
            open = false;
        }
        if (byStatements) {
            structure.createTriggers(cancellation);
        }
        structure.createEvents(cancellation);
        return new DumpReport(
                RowCount.of(replica(), catalog, cancellation), bytes, Duration.ofNanos(System.nanoTime() - began));
    }

    private void warnOfFloats(Catalog catalog) {
        List<TableName> floats = catalog.tables().stream()
                .filter(table -> table.storedColumns().stream()
                        .anyMatch(column -> column.dataType().equals("float")))
                .map(TableDefinition::name)
                .toList();
        if (!floats.isEmpty()) {
            listener.warning(Problem.of(DumpCode.LOSES_DIGITS, "Tables with columns of type FLOAT: " + floats));
        }
    }

    /** Ends what still runs. A second call does nothing. */
    @Override
    public void close() {
        discard();
    }
}
