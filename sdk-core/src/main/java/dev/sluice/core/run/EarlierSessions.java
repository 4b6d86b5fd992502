// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.run.RunEvent;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.mysql.TaggedSessions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Ends what earlier owners of a replica left on it: a load of a process that died may go on in the server, and one that lost its
 * claim may not have noticed. Done by who has the claim, before its first change. Only sessions that say that they were opened to
 * work on a run's replica are killed; those that hold or await a claim, or read from this server as their source, are not.
 */
final class EarlierSessions {
    /** A statement that is killed is rolled back first, which takes about as long as it has run. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A claim is looked after every two seconds; then it takes a moment to stop. */
    private static final Duration UNSEEN_PAUSE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final SessionTags ours;
    private final RunLog log;
    private final Duration patience;

    EarlierSessions(SessionTags ours, RunLog log, Duration patience) {
        this.ours = ours;
        this.log = log;
        this.patience = patience;
    }

    /**
     * Kills them, and returns when none is left. Where none can be seen it waits for as long as one that is awake may need to notice.
     *
     * @param replica opens sessions with this run's own attributes, by which it is known whether the server shows any
     * @throws StepRefusedException if one may not be killed
     * @throws StepUnavailableException if some are still there after the patience
     */
    void end(MySqlConnector replica, Cancellation cancellation) {
        try (MySqlSession session = replica.open(SessionUse.CONTROL)) {
            if (isBlind(session)) {
                warn(session);
                // Whoever had the claim and lost it is about to notice. One that sleeps leaves nothing: the server has
                // ended its sessions.
                cancellation.sleep(UNSEEN_PAUSE);
                cancellation.check();
                return;
            }
            endAll(session, this::find, cancellation);
        }
    }

    /**
     * Kills those of this run that another process has opened, whatever for, its claim included: that process has lost the run. Returns when
     * none is left.
     */
    void endOfSameRun(MySqlConnector server, Cancellation cancellation) {
        try (MySqlSession session = server.open(SessionUse.CONTROL)) {
            if (isBlind(session)) {
                warn(session);
                return;
            }
            endAll(session, this::findOfSameRun, cancellation);
        }
    }

    private Map<Long, String> findOfSameRun(MySqlSession session) {
        Map<Long, String> found = new TreeMap<>();
        TaggedSessions.having(session, SessionTags.RUN, ours.run().value()).forEach((id, attributes) -> {
            if (!ours.areThoseOf(attributes)) {
                found.put(id, ours.run().value());
            }
        });
        return found;
    }

    private void endAll(
            MySqlSession session, Function<MySqlSession, Map<Long, String>> find, Cancellation cancellation) {
        long deadline = System.nanoTime() + patience.toNanos();
        Set<Long> killed = new HashSet<>();
        // Looked for again and again: who has not noticed that the replica is not its own any more connects anew.
        for (Map<Long, String> left = find.apply(session); !left.isEmpty(); left = find.apply(session)) {
            left.forEach((id, run) -> {
                if (killed.add(id)) {
                    kill(session, id, run);
                }
            });
            if (System.nanoTime() - deadline > 0) {
                throw new StepUnavailableException(Problem.of(
                        RunCode.EARLIER_SESSIONS,
                        "Sessions of earlier runs on " + session.server() + " were killed and are not gone after "
                                + patience + ": " + left));
            }
            cancellation.sleep(PAUSE);
            cancellation.check();
        }
    }

    /** Sessions of others, each with its run. */
    private Map<Long, String> find(MySqlSession session) {
        Map<Long, String> found = new TreeMap<>();
        TaggedSessions.having(session, SessionTags.ROLE, SessionTags.Role.REPLICA.text())
                .forEach((id, attributes) -> {
                    if (attributes.containsKey(SessionTags.RUN) && !ours.areThoseOf(attributes)) {
                        found.put(id, attributes.get(SessionTags.RUN));
                    }
                });
        return found;
    }

    private static void kill(MySqlSession session, long id, String run) {
        try {
            TaggedSessions.kill(session, id);
        } catch (StepRefusedException refused) {
            throw new StepRefusedException(
                    Problem.of(
                            RunCode.EARLIER_SESSIONS,
                            "Session " + id + " of run " + run + " on " + session.server() + " may not be killed: "
                                    + refused.problems().get(0).what()),
                    refused);
        }
    }

    /** A server that does not even show this session's attributes shows nobody's. */
    private boolean isBlind(MySqlSession session) {
        try {
            return !ours.areThoseOf(
                    TaggedSessions.having(session, SessionTags.RUN, ours.run().value())
                            .getOrDefault(session.connectionId(), Map.of()));
        } catch (StepRefusedException notPermitted) {
            return true;
        }
    }

    private void warn(MySqlSession session) {
        log.event((run, at) -> new RunEvent.Warning(
                run,
                at,
                Problem.of(
                        RunCode.SESSIONS_UNSEEN,
                        session.server() + " shows no attributes of sessions, so that it was not looked for sessions"
                                + " which an earlier run may have left there")));
    }
}
