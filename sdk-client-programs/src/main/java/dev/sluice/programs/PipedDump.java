// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.error.Problem;
import dev.sluice.core.dump.DumpAndLoad;
import dev.sluice.core.dump.DumpContent;
import dev.sluice.core.dump.DumpListener;
import dev.sluice.core.dump.DumpRequest;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.snapshot.LockWindow;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A copy by {@code mysqldump} piped to {@code mysql}. */
final class PipedDump implements DumpAndLoad {
    private static final Charset ARGUMENTS = Optional.ofNullable(System.getProperty("sun.jnu.encoding"))
            .filter(Charset::isSupported)
            .map(Charset::forName)
            .orElse(StandardCharsets.US_ASCII);

    private final ClientPrograms programs;
    private final DumpRequest request;
    private final DumpListener listener;
    private @Nullable ClientProgram dumpProgram;
    private @Nullable ClientProgram loadProgram;
    private volatile @Nullable PreparedDump prepared;
    private volatile @Nullable Dump dump;

    PipedDump(ClientPrograms programs, DumpRequest request, DumpListener listener) {
        this.programs = programs;
        this.request = requireNonNull(request, "request");
        this.listener = requireNonNull(listener, "listener");
    }

    /** Looks at programs, scope and source, and writes the option file. */
    @Override
    public void prepare(DumpContent content, Cancellation cancellation) {
        close();
        cancellation.check();
        ClientProgram program = dumpProgram();
        DumpScope scope = DumpScope.of(request.scope(), content, ARGUMENTS);
        prepared = PreparedDump.of(request.source(), program, scope, content.code());
    }

    private ClientProgram dumpProgram() {
        ClientProgram known = dumpProgram;
        if (known == null) {
            known = programs.dump();
            loadProgram = programs.load();
            dumpProgram = known;
        }
        return known;
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
    public long load(List<String> settings, Cancellation cancellation) {
        Dump open = dump;
        if (open == null) {
            throw new IllegalStateException("No dump is open");
        }
        try (Dump running = open) {
            return pipe(running, settings, cancellation);
        } finally {
            dump = null;
        }
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
            listener.warning(
                    Problem.of(ProgramCode.PROGRAM_SAID, ended.program().name() + " said: " + said));
        }
    }

    @Override
    public void kill() {
        Dump running = dump;
        if (running != null) {
            running.kill();
        }
    }

    @Override
    public void close() {
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
}
