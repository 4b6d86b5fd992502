// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Cancellation;

/** A run's connection to one of its servers: a session for looks and changes, opened anew after a failure. One thread at a time. */
interface ServerLink extends AutoCloseable {
    /** The session for looks. */
    ServerSession session();

    /** Runs a statement that changes something, with autocommit on, all results drained. */
    void execute(String sql);

    /** From now on what runs here is killed when this is cancelled; before that it is what the link was made with. */
    void endWith(Cancellation now);

    /** The same in a session of the statement's own, with these settings, which ends with it. */
    void executeApart(String settings, String sql);

    /** Lets go of a session that failed, so that the next use opens a new one. */
    void reset();

    @Override
    void close();
}
