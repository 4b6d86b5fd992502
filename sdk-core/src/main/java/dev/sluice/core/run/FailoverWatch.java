// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.facts.ServerIdentity;
import dev.sluice.api.operation.Target;
import dev.sluice.api.run.ReplicaMove;
import dev.sluice.api.run.ReplicaMove.Outcome;
import dev.sluice.api.run.RunEvent;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.ServerErrorCode;
import dev.sluice.core.run.FailoverRepair.Repaired;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the replica of one run through failovers, while the run waits for it. The claim is the canary: its session dies with the server. On
 * the new server, which says itself that it is the writer, the run claims the replica anew before it changes anything, and sees the claim and
 * its own sessions on one and the same server.
 */
final class FailoverWatch implements ReplicaGuard {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofSeconds(1);

    /** AWS speaks of minutes; a cluster whose only instance is made anew takes ten. */
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final FailoverSigns signs;
    private final Endpoint replica;
    private final RunClaim claim;
    private final RunServers servers;
    private final FailoverRepair repair;
    private final RunLog log;
    private KnownServer known;
    private @Nullable MySqlGtidSet seen;
    private Instant nextLook = Instant.MIN;

    FailoverWatch(
            FailoverSigns signs,
            Endpoint replica,
            RunClaim claim,
            RunServers servers,
            FailoverRepair repair,
            RunLog log) {
        this.signs = signs;
        this.replica = replica;
        this.claim = claim;
        this.servers = servers;
        this.repair = repair;
        this.log = log;
        this.known = new KnownServer(
                claim.ask(signs.failovers()::identity), log.clock().instant());
    }

    @Override
    public void check(RunLive live) {
        if (!claim.isHeld()) {
            throw new ReplicaMovedException("the claim is lost");
        }
        Instant now = log.clock().instant();
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(LOOK);
        if (signs.tellOfAMove()) {
            servers.reset();
        }
        requireSame(live);
        status(live).ifPresent(status -> seen = status.executed());
    }

    private void requireSame(RunLive live) {
        KnownServer now = look(live);
        if (!now.identity().isWriter() || !known.goesOnAs(now)) {
            throw new ReplicaMovedException("another server answers: " + now.identity());
        }
    }

    private KnownServer look(RunLive live) {
        ServerIdentity identity = signs.failovers().identity(live.replicaSession());
        return new KnownServer(identity, log.clock().instant());
    }

    private static Optional<ReplicaStatus> status(RunLive live) {
        return ReplicaStatusReader.readDefault(
                live.replicaSession(), Dialect.of(live.replica().version()));
    }

    @Override
    public boolean hasRecovered(RuntimeException failure, RunLive live) {
        boolean isStopped = live.time().cancellation().isCancelled();
        boolean isMove =
                failure instanceof ReplicaMovedException || (failure instanceof StepException && !claim.isHeld());
        if (isStopped || !isMove) {
            return false;
        }
        while (!isFollowed(live)) {
            live.time().cancellation().check();
        }
        return true;
    }

    /** Whether that was the last failover for now. */
    private boolean isFollowed(RunLive live) {
        KnownServer now = settle(known, live);
        try {
            tell(now, repair.repair(Optional.ofNullable(seen), live.time().cancellation()), live);
            known = now;
            live.memory().knows(Target.REPLICA, now.identity().serverUuid());
            return true;
        } catch (StepException inVain) {
            if (!claim.isHeld()) {
                return false;
            }
            tell(now, new Repaired(Outcome.LEFT, inVain.problems().get(0).what()), live);
            throw inVain;
        } finally {
            // The repair has bound the links to a time of its own.
            var unused = servers.endWith(live.time().cancellation());
        }
    }

    private void tell(KnownServer now, Repaired repaired, RunLive live) {
        ReplicaMove move = new ReplicaMove(
                replica.label(),
                known.identity(),
                now.identity(),
                signs.told(known.at()),
                repaired.outcome(),
                repaired.replication());
        log.event((run, at) -> new RunEvent.ReplicaMoved(run, at, live.step().key(), move));
    }

    /** Waits until a writer answers, and claims it. */
    private KnownServer settle(KnownServer before, RunLive live) {
        Instant end = log.clock().instant().plus(PATIENCE);
        while (true) {
            String why;
            try {
                servers.reset();
                KnownServer now = look(live);
                if (now.identity().isWriter() && claims(before, now)) {
                    return now;
                }
                why = now.identity() + " takes no changes";
            } catch (StepException failure) {
                why = whyAway(failure);
            }
            pause(why, end, live);
        }
    }

    /** A server that goes down in the middle of a handshake breaks TLS, which at other times is no thing that passes. */
    private static String whyAway(StepException failure) {
        if (failure instanceof StepUnavailableException || failure.code() == ServerErrorCode.TLS_FAILED) {
            return failure.problems().get(0).what();
        }
        throw failure;
    }

    /** A name may lead elsewhere from one connection to the next. */
    private boolean claims(KnownServer before, KnownServer now) {
        if (before.goesOnAs(now)) {
            throw new StepRefusedException(Problem.of(
                    RunCode.REPLICA_LOST, "The claim on the replica is lost, although " + now.identity() + " goes on"));
        }
        claim.renew();
        return claim.ask(signs.failovers()::identity).isSameServerAs(now.identity());
    }

    private void pause(String why, Instant end, RunLive live) {
        live.time().heldUpBy("the replica fails over: " + why);
        live.time().cancellation().check();
        Instant now = log.clock().instant();
        if (now.isAfter(live.time().deadline())) {
            throw new StepRefusedException(live.time().problem());
        }
        if (now.isAfter(end)) {
            throw new StepRefusedException(Problem.of(
                    RunCode.NO_WRITER,
                    "No writer of " + replica.label() + " answered within " + PATIENCE + ": " + why));
        }
        live.time().cancellation().sleep(POLL);
    }
}
