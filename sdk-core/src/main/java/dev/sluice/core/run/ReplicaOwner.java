// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.util.List;
import java.util.Optional;

/**
 * Whose a replica is when a run that ended is to be taken back. The claim tells that nobody works there at the moment; it does not tell
 * that nobody has built on what the run left, and statements such as {@code DROP USER} do not ask.
 */
final class ReplicaOwner {
    private final ServerFacts atStart;
    private final Optional<String> providersAccount;

    /**
     * Of a replica.
     *
     * @param atStart when the run's plan was compiled
     * @param providersAccount by which its provider has it follow its source; empty where runs point it
     */
    ReplicaOwner(ServerFacts atStart, Optional<String> providersAccount) {
        this.atStart = atStart;
        this.providersAccount = providersAccount;
    }

    /**
     * For runs of this process.
     *
     * @throws StepRefusedException REPLICA_PASSED_ON
     */
    void requireNoLaterRun(ReplicaTurns turns, ReplicaTurns.Turn turn) {
        turns.lastAfter(turn).ifPresent(later -> {
            throw passedOn("The run " + later + " has worked on " + atStart.address() + " since");
        });
    }

    /**
     * For those of other processes, and for people: a replica that follows a source to which this run has not pointed it.
     *
     * @param pointings this run's undos that take the replica off its source
     * @throws StepRefusedException REPLICA_PASSED_ON
     */
    void requireFollowsNobodyElse(ServerSession replica, List<Undo> pointings) {
        Dialect dialect = Dialect.of(atStart.version());
        ReplicaStatusReader.readAll(replica, dialect).stream()
                .filter(this::isNew)
                .filter(status -> pointings.stream().noneMatch(undo -> isStillThere(replica, undo)))
                .findFirst()
                .ifPresent(status -> {
                    throw passedOn(
                            atStart.address() + " follows " + status.source().host() + ":"
                                    + status.source().port() + ", to which this run has not pointed it");
                });
    }

    private boolean isNew(ReplicaStatus status) {
        ReplicaStatus.Source source = status.source();
        return !source.host().isEmpty()
                && !providersAccount.equals(Optional.of(source.user()))
                && atStart.channels().stream()
                        .noneMatch(known -> known.name().equalsIgnoreCase(status.channel())
                                && known.sourceHost().equalsIgnoreCase(source.host())
                                && known.sourcePort() == source.port());
    }

    private static boolean isStillThere(ServerSession replica, Undo undo) {
        return undo.onlyIf().map(only -> GuardValue.isStill(only, replica)).orElse(true);
    }

    private static StepRefusedException passedOn(String what) {
        return new StepRefusedException(Problem.of(RunCode.REPLICA_PASSED_ON, what));
    }
}
