// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;

/** A session on either server, for one thread. */
record SessionPair(ReadSession source, ReadSession replica) implements AutoCloseable {
    static SessionPair open(
            MySqlConnector source, MySqlConnector replica, Deadline deadline, Cancellation cancellation) {
        ReadSession first = ReadSession.open(source, deadline, cancellation);
        try {
            return new SessionPair(first, ReadSession.open(replica, deadline, cancellation));
        } catch (RuntimeException failure) {
            first.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        source.close();
        replica.close();
    }
}
