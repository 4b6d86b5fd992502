// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.copy.CopyRequest.ReplicaBinlog;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.Grants;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides whether a load is written to the replica's own binary log. It is where somebody reads that log: what is left out of it
 * never reaches them. Who reads is looked at when the load begins, by registered replicas and by the threads that send the log,
 * since not everybody registers. Where neither can be seen, the load is written.
 */
final class LoadLogging {
    private final ServerFacts replica;
    private final Consumer<Problem> warnings;

    LoadLogging(ServerFacts replica, Consumer<Problem> warnings) {
        this.replica = replica;
        this.warnings = warnings;
    }

    ReplicaBinlog decide(ServerSession session) {
        if (!replica.attachedReplicas().isEmpty()) {
            return ReplicaBinlog.WRITTEN;
        }
        Optional<Boolean> registered =
                ask(session, Dialect.of(replica.version()).showReplicas()).map(rows -> !rows.isEmpty());
        Optional<Boolean> sent = sends(session);
        if (registered.isEmpty() && sent.isEmpty()) {
            warnings.accept(Problem.of(
                    RunCode.LOG_READERS_HIDDEN,
                    "Whether somebody reads the binary log of " + replica.address()
                            + " cannot be seen, so the load is written to it"));
            return ReplicaBinlog.WRITTEN;
        }
        return registered.orElse(false) || sent.orElse(false)
                ? ReplicaBinlog.WRITTEN
                : ReplicaBinlog.SKIPPED_WHERE_ALLOWED;
    }

    /** Without PROCESS a user sees its own threads only, which proves nothing. */
    private Optional<Boolean> sends(ServerSession session) {
        if (!Grants.parse(replica.grants()).has("PROCESS")) {
            return Optional.empty();
        }
        return ask(session, "SHOW PROCESSLIST").map(rows -> rows.stream().anyMatch(LoadLogging::sendsTheLog));
    }

    private static boolean sendsTheLog(Row thread) {
        return thread.find("Command")
                .filter(command -> command.toLowerCase(Locale.ROOT).startsWith("binlog dump"))
                .isPresent();
    }

    private static Optional<List<Row>> ask(ServerSession session, String query) {
        try {
            return Optional.of(session.query(query));
        } catch (StepRefusedException notForThisUser) {
            return Optional.empty();
        }
    }
}
