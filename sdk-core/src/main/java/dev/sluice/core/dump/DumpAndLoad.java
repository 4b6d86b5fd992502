// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.snapshot.LockWindow;
import java.util.List;

/**
 * One copy by programs: a dump that opens its transaction while writers are held up, and waits; then a load that it flows into. For one copy, by
 * one thread at a time; {@link #kill} and {@link #close} may come from any thread.
 */
public interface DumpAndLoad extends AutoCloseable {
    /**
     * Gets everything ready that does not need the lock. Called before every try.
     *
     * @param content the definitions that belong to this try
     * @throws dev.sluice.api.error.StepRefusedException if this cannot be copied by programs
     */
    void prepare(DumpContent content, Cancellation cancellation);

    /**
     * Starts the dump, and returns only when it surely sees this instant: writers go on right after.
     *
     * @param window how long there is for it
     * @throws dev.sluice.api.error.StepException if that fails; there may be another try
     * @throws IllegalStateException if nothing was prepared
     */
    void open(LockWindow window);

    /**
     * Lets the dump flow to the replica. When this returns or throws, the programs and their sessions have ended.
     *
     * @param settings of the session that loads, as {@code name = value}
     * @return the size of the dump in bytes
     * @throws dev.sluice.api.error.StepException if a program failed; what was loaded stays
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled
     * @throws IllegalStateException if no dump is open
     */
    long load(List<String> settings, Cancellation cancellation);

    /** Ends the dump at once, and its session on the source; for cancelling. Does nothing if none is open. */
    void kill();

    /** Ends what still runs and removes what was prepared. Another try may be prepared then. A second call does nothing. */
    @Override
    void close();
}
