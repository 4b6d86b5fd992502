// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.snapshot.LockWindow;
import java.time.Duration;
import java.util.List;

/** A {@code mysqldump} with its transaction open. Its output waits in the pipe until somebody reads. */
final class Dump implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(5);

    /** From its login to its transaction a dump takes a few statements. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(15);

    private final MySqlConnector source;
    private final ClientProcess process;
    private volatile List<Long> sessions = List.of();

    private Dump(MySqlConnector source, ClientProcess process) {
        this.source = source;
        this.process = process;
    }

    /** Returns when the source shows that the snapshot is open; the option file is not needed from then on. */
    static Dump open(PreparedDump prepared, LockWindow window) {
        ProgramSession look = prepared.look();
        look.begin();
        Dump dump = new Dump(prepared.source(), ClientProcess.start(prepared.program(), prepared.arguments()));
        try {
            Streams.close(dump.process.input());
            dump.awaitOpen(look, window);
            return dump;
        } catch (RuntimeException failure) {
            dump.close();
            throw failure;
        }
    }

    private void awaitOpen(ProgramSession look, LockWindow window) {
        while (sessions.isEmpty() && !hasEndedWell()) {
            window.check();
            window.pause(POLL);
            sessions = look.find(process.processIds());
        }
        window.pause(FIRST_LOOK);
        while (!hasEndedWell() && sessions.stream().noneMatch(look::hasSnapshot)) {
            window.check();
            window.pause(ProgramSession.BETWEEN_LOOKS);
        }
    }

    /** A small dump has ended before anybody sees its transaction; it ran under the lock as a whole. */
    private boolean hasEndedWell() {
        if (!process.isAlive() && process.status() != 0) {
            throw new StepRefusedException(problem());
        }
        return !process.isAlive();
    }

    private Problem problem() {
        return Problem.of(
                ProgramCode.DUMP_FAILED,
                "mysqldump on " + source + " "
                        + (process.isAlive() ? "did not end" : "ended with status " + process.status()) + ": "
                        + process.complaints());
    }

    /** Tells of its end, which was not a good one, while it was loaded: what came before is on the replica. */
    StepException failure() {
        return new StepOutcomeUnknownException(problem());
    }

    ClientProcess process() {
        return process;
    }

    /** Ends it and its session; for cancelling, from any thread. */
    void kill() {
        process.kill();
        ProgramSession.end(source, sessions);
    }

    /** Ends what is left of the process. The source frees the session of a dead program by itself. */
    @Override
    public void close() {
        process.close();
    }
}
