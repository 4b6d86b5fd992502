// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.copy.CopyRequest;
import dev.sluice.core.copy.CreatedObjects;
import dev.sluice.core.copy.ReplicaStructure;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.snapshot.LockWindow;
import dev.sluice.core.snapshot.SnapshotOpener;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One copy by {@code mysqldump} piped to {@code mysql}. A {@link dev.sluice.core.snapshot.SnapshotTaker} holds the lock while the
 * dump opens its transaction; {@link #load} lets it flow to the replica. Closing ends whatever still runs. For one copy; not
 * thread-safe but for the cancellation.
 */
public final class DumpAndLoad implements SnapshotOpener, AutoCloseable {
    private static final Charset ARGUMENTS = Optional.ofNullable(System.getProperty("sun.jnu.encoding"))
            .filter(Charset::isSupported)
            .map(Charset::forName)
            .orElse(StandardCharsets.US_ASCII);

    private final DumpRequest request;
    private final DumpListener listener;
    private @Nullable ClientProgram dumpProgram;
    private @Nullable ClientProgram loadProgram;
    private volatile @Nullable PreparedDump prepared;
    private volatile @Nullable Dump dump;

    public DumpAndLoad(DumpRequest request, DumpListener listener) {
        this.request = requireNonNull(request, "request");
        this.listener = requireNonNull(listener, "listener");
    }

    Scope scope() {
        return request.scope();
    }

    /**
     * Looks at programs, scope and source, and writes the option file.
     *
     * @throws dev.sluice.api.error.StepRefusedException with a {@link DumpCode} if this copy cannot be done by client programs
     */
    @Override
    public void prepare(Cancellation cancellation) {
        discard();
        cancellation.check();
        ClientProgram program = programs();
        DumpScope scope = DumpScope.of(request.scope(), request.catalog().get(), ARGUMENTS);
        prepared = PreparedDump.of(request.source(), program, scope, code());
    }

    private ClientProgram programs() {
        ClientProgram known = dumpProgram;
        if (known == null) {
            known = request.programs().dump();
            loadProgram = request.programs().load();
            dumpProgram = known;
        }
        return known;
    }

    private CodeTransfer code() {
        return CodeTransfer.between(
                request.source().connector().version(),
                request.replica().connector().version());
    }

    /** Starts {@code mysqldump} and returns when the source shows its transaction. */
    @Override
    public void open(LockWindow window) {
        PreparedDump ready = prepared;
        if (ready == null) {
            throw new IllegalStateException("A dump is prepared before it is opened");
        }
        try (ready) {
            dump = Dump.open(ready, window);
        } finally {
            prepared = null;
        }
    }

    @Override
    public void discard() {
        Dump running = dump;
        dump = null;
        PreparedDump ready = prepared;
        prepared = null;
        if (running != null) {
            running.close();
        }
        if (ready != null) {
            ready.close();
        }
    }

    /**
     * Lets the dump flow to the replica, then creates the events, disabled, and counts. When this returns or throws, both programs
     * and their sessions have ended.
     *
     * @param creating hears what is going to be created, once it is sure that the replica has none of it
     * @throws dev.sluice.api.error.StepException if either program failed; what was loaded stays for the undo
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled
     * @throws IllegalStateException if no dump is open
     */
    public DumpReport load(Consumer<CreatedObjects> creating, Cancellation cancellation) {
        long began = System.nanoTime();
        Dump open = dump;
        if (open == null) {
            throw new IllegalStateException("No dump is open");
        }
        Catalog catalog = request.catalog().get();
        ReplicaStructure structure = new ReplicaStructure(
                request.replica().connector(), new CopyRequest(1, request.binlog()), catalog, listener::warning);
        long bytes;
        try (Dump running = open;
                Cancellation.Registration killed = cancellation.onCancel(running::kill)) {
            creating.accept(structure.requireAbsent(cancellation));
            warnOfFloats(catalog);
            if (code() == CodeTransfer.BY_STATEMENTS) {
                structure.createDatabasesAndRoutines(cancellation);
            }
            bytes = pipe(running, structure.acceptedSettings(cancellation), cancellation);
        } finally {
            dump = null;
        }
        if (code() == CodeTransfer.BY_STATEMENTS) {
            structure.createTriggers(cancellation);
        }
        structure.createEvents(cancellation);
        return new DumpReport(
                RowCount.of(request.replica().connector(), catalog, cancellation),
                bytes,
                Duration.ofNanos(System.nanoTime() - began));
    }

    private long pipe(Dump running, List<String> settings, Cancellation cancellation) {
        try (Load load =
                Load.start(request.replica(), requireNonNull(loadProgram, "loadProgram"), settings, cancellation)) {
            long bytes = new Piping(running, load, listener, request.longestSilence()).run(cancellation);
            passOn(running.process());
            passOn(load.process());
            return bytes;
        }
    }

    private void passOn(ClientProcess ended) {
        String said = ended.complaints();
        if (!said.isEmpty()) {
            listener.warning(Problem.of(DumpCode.PROGRAM_SAID, ended.program().name() + " said: " + said));
        }
    }

    private void warnOfFloats(Catalog catalog) {
        List<TableName> floats = DumpScope.withFloats(catalog);
        if (!floats.isEmpty()) {
            listener.warning(Problem.of(DumpCode.LOSES_DIGITS, "Tables with columns of type FLOAT: " + floats));
        }
    }

    /** Ends what still runs, and deletes the option file. A second call does nothing. */
    @Override
    public void close() {
        discard();
    }
}
