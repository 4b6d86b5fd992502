// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.ApplierStop;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.ReplicationStop;
import dev.sluice.core.mysql.Sql;
import dev.sluice.core.verify.VerifyCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The replica's applier, which is stopped for a comparison, run until exactly one position, and started again. What the replica shows counts,
 * and not what statements return: the procedures of managed servers raise errors for states that are none. One thread.
 */
final class HeldApplier {
    /** How long the replica may take to stop or to start; the applier ends its transaction first. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** A thread that was just started, or just stopped, shows it a little later. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** What a procedure has complained of may come true all the same, as when the receiver is still connecting. */
    private static final Duration DOUBTED = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(50);

    private final ApplierStop statements;
    private final RunLive live;
    private final Dialect dialect;

    HeldApplier(ApplierStop statements, RunLive live) {
        this.statements = statements;
        this.live = live;
        this.dialect = Dialect.of(live.replica().version());
    }

    /** That it follows the source now: what stands still by itself is not started here. */
    void requireRunning() {
        ReplicaStatus status = status();
        boolean isOurs = status.source().uuid().equalsIgnoreCase(live.source().serverUuid());
        if (!isOurs || status.health() != ReplicaHealth.RUNNING) {
            throw refused(
                    VerifyCode.NOT_REPLICATING,
                    "Replication from " + live.source().address() + " does not run: " + status.reason(),
                    null);
        }
    }

    void stop() {
        StepRefusedException doubt = tell(statements.stop().preview());
        await(status -> !status.applier().isRunning(), VerifyCode.STOPPED_ELSEWHERE, doubt);
    }

    /**
     * Runs it until exactly there.
     *
     * @throws StepRefusedException if it stopped with an error, or elsewhere
     */
    void runUntil(Coordinates position) {
        StepRefusedException doubt = tell(filled(statements.runUntil(), position));
        Instant lastMove = now();
        while (true) {
            ReplicaStatus status = status();
            if (isAt(status, position)) {
                stopThere(status);
                return;
            }
            if (status.health().isFailed()) {
                throw ReplicationStop.of(status, live.replicaSession());
            }
            if (status.applier().isRunning()) {
                lastMove = now();
            } else if (Duration.between(lastMove, now()).compareTo(GRACE) > 0) {
                throw refused(
                        VerifyCode.STOPPED_ELSEWHERE,
                        "It was to stop at " + position.position() + " and stands at "
                                + status.applier().applied(),
                        doubt);
            }
            live.time().heldUpBy("the replica has not applied " + position.position() + " yet");
            pause();
        }
    }

    /** At the last position of a log to which nothing is added, the server may wait for more before it stops. */
    private void stopThere(ReplicaStatus status) {
        if (status.applier().isRunning()) {
            stop();
        }
    }

    private static boolean isAt(ReplicaStatus status, Coordinates position) {
        return status.applier().applied().filter(position.position()::equals).isPresent();
    }

    /** Has it follow freely again, in whatever state it is. */
    void goOn() {
        stop();
        StepRefusedException doubt = tell(statements.start().preview());
        await(
                status -> status.health() == ReplicaHealth.RUNNING
                        || status.health().isFailed(),
                VerifyCode.STAYS_STOPPED,
                doubt);
        ReplicaStatus now = status();
        if (now.health().isFailed()) {
            throw refused(VerifyCode.STAYS_STOPPED, now.reason(), doubt);
        }
    }

    private static String filled(Statement statement, Coordinates position) {
        return Sql.complete(
                statement,
                secret -> {
                    throw new IllegalStateException("Such statements hold no secret");
                },
                slot -> position);
    }

    /** Returns a refusal, which only a look can judge. */
    private @Nullable StepRefusedException tell(String sql) {
        try {
            live.servers().link(Target.REPLICA).execute(sql);
            return null;
        } catch (StepRefusedException refused) {
            return refused;
        } catch (StepOutcomeUnknownException lost) {
            live.servers().link(Target.REPLICA).reset();
            return null;
        }
    }

    private void await(Predicate<ReplicaStatus> wanted, ErrorCode code, @Nullable StepRefusedException doubt) {
        Instant until = now().plus(PATIENCE);
        Instant doubted = now().plus(DOUBTED);
        ReplicaStatus status = status();
        while (!wanted.test(status)) {
            if (now().isAfter(doubt == null ? until : doubted)) {
                throw refused(code, status.reason(), doubt);
            }
            pause();
            status = status();
        }
    }

    private static StepRefusedException refused(ErrorCode code, String what, @Nullable StepRefusedException doubt) {
        String why = Optional.ofNullable(doubt)
                .map(failure ->
                        "; the server said: " + failure.problems().get(0).what())
                .orElse("");
        return new StepRefusedException(Problem.of(code, what + why), doubt);
    }

    private ReplicaStatus status() {
        return ReplicaStatusReader.readDefault(live.replicaSession(), dialect)
                .orElseThrow(
                        () -> refused(VerifyCode.NOT_REPLICATING, "No replication is configured on the replica", null));
    }

    private void pause() {
        live.time().cancellation().sleep(POLL);
        live.time().cancellation().check();
    }

    private Instant now() {
        return live.log().clock().instant();
    }
}
