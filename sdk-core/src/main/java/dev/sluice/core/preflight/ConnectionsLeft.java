// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Both servers have as many connections left as the run may take at once. */
final class ConnectionsLeft extends NamedCheck {
    /** Those that look after a run: the lock and its watchdog, the claim, the steps, the watch over the snapshots. */
    private static final int AROUND = 6;

    private final int readers;
    private final int writers;

    /**
     * For a copy.
     *
     * @param readers connections to the source, 0 if an engine copies in its own way
     * @param writers connections to the replica
     */
    ConnectionsLeft(int readers, int writers) {
        super("connections-left", LoadCode.CONNECTIONS_LEFT, Level.WARNING);
        this.readers = readers;
        this.writers = writers;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        boolean copies = PlanReach.copies(context);
        return Stream.of(
                        few(Labels.source(context), context.source(), context.sourceSession(), copies ? readers : 0),
                        few(Labels.replica(context), context.replica(), context.replicaSession(), copies ? writers : 0))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Problem> few(String label, ServerFacts server, ServerSession session, int workers) {
        Optional<Long> most = server.variable("max_connections").map(Long::parseLong);
        Optional<Long> used = session.query("SHOW GLOBAL STATUS LIKE 'Threads_connected'").stream()
                .map(row -> row.number("Value"))
                .findFirst();
        if (most.isEmpty() || used.isEmpty() || most.get() - used.get() >= workers + AROUND) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                code(),
                Labels.capital(label) + " has " + used.get() + " of " + most.get()
                        + " connections in use, and the run takes up to " + (workers + AROUND)));
    }
}
