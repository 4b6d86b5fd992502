// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import dev.sluice.api.error.RunStoppedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One execution of a compiled plan. Goes on by itself, whoever waits for it. Thread-safe. Made by Sluice; not for implementing.
 */
public interface ReplicationRun {
    /** Its name in journal, events and the servers' session attributes. */
    RunId id();

    /** Where it stands now. */
    RunStatus status();

    /**
     * Waits until the run has ended. Interrupting the waiting thread ends the waiting and nothing else.
     *
     * @return the result of a run that succeeded
     * @throws RunStoppedException if it failed, was cancelled or was abandoned; {@link #completion()} has the result then
     * @throws InterruptedException if the waiting thread was interrupted; the run goes on
     */
    RunResult await() throws InterruptedException;

    /**
     * As {@link #await()}, for at most this long.
     *
     * @throws java.util.concurrent.TimeoutException if the run has not ended by then; it goes on
     */
    RunResult await(Duration limit) throws InterruptedException, java.util.concurrent.TimeoutException;

    /**
     * Completes with the result when the run has ended, whether it succeeded or not; never exceptionally. Asked for after
     * {@link #abandon()} it has that call's result.
     */
    CompletionStage<RunResult> completion();

    /**
     * Cancels: nothing new starts, running statements are killed, the run's changes are undone. Returns within 5 s; the undoing may
     * go on after that, in {@link RunState#CANCELLING}, and {@link #completion()} tells when it has ended. Closing Sluice ends it, but for locks, which are released; abandoning the
     * run goes on with it. Without effect on a run that has ended,
     * or that has failed and is just releasing its locks: that one is abandoned. If the journal cannot be told of it, only locks are released, with
     * a warning ({@code CORE-873}): {@link #abandon()} undoes the rest once the journal is back.
     */
    void cancel();

    /**
     * Takes a run back that failed: plays everything of it that is still to be undone, guards, temporary changes and rollbacks, newest
     * first, under a fresh claim on the replica. What is not as the run left it any more is left as it is and reported. The run is
     * {@link RunState#ABANDONED} then, and its journal says so.
     *
     * <p>Waits until everything was tried, which can take long where much data was loaded; interrupting the waiting thread ends the
     * waiting and nothing else, and a second call waits for the same. A server that stays out of reach does not fail the call: what
     * could not be undone is in {@link RunResult#left()}, and a further call tries it again. The same goes for what a
     * {@link #cancel()} could not undo; the run stays CANCELLED then. A run that succeeded has nothing to take back, and one that has
     * nothing left to undo touches no server: its result is returned as it is. To end a replication that runs, run an end plan.
     *
     * <p>Runs that failed one after the other on one replica are abandoned newest first: a later one finds in place what the earlier one
     * has left, and builds on it. So the call is refused if a later run of the same Sluice has had the replica and was not taken back
     * whole, and if the replica follows a source to which this run has not pointed it. It cannot see that another process has run the
     * very same plan again after this run had pointed the replica to its source.
     *
     * @return the run's result, with what is undone by now and what is left
     * @throws dev.sluice.api.error.StepRefusedException if the run is still under way, which {@link #cancel()} is for, if another run
     *     works on the replica, if the replica is not this run's any more ({@code CORE-629}), or if another server answers than the run has
     *     worked on ({@code CORE-664}, {@code CORE-880}); nothing was undone
     * @throws dev.sluice.api.error.StepUnavailableException if the replica cannot be reached to claim it; nothing was undone
     * @throws RunStoppedException if Sluice was closed in the middle; the rest is still to be undone
     * @throws IllegalStateException if Sluice was closed before
     * @throws InterruptedException if the waiting thread was interrupted; the undoing goes on
     */
    RunResult abandon() throws InterruptedException;

    /**
     * As {@link #abandon()} where a server is gone for good, which would keep the run from ever being taken back. Nothing is asked of that server
     * and nothing done there: what the run has changed on it is left, each line with the reason in {@link RunResult#left()}, and cannot be undone
     * by Sluice any more. All else is undone, and the run is closed. Without a source its replica is claimed as ever; without a replica nobody
     * need be kept off it, and none of the source's changes waits for it.
     *
     * @param lost the servers that are gone; none is as {@link #abandon()}. A server that still answers is left as well
     * @return the run's result, with what is undone by now and what is left
     * @throws dev.sluice.api.error.StepException as {@link #abandon()}, of the server that is not gone
     * @throws RunStoppedException if Sluice was closed in the middle; the rest is still to be undone
     * @throws IllegalStateException if Sluice was closed before
     * @throws InterruptedException if the waiting thread was interrupted; the undoing goes on
     */
    RunResult abandonWithout(LostServer... lost) throws InterruptedException;

    /**
     * Watches the replication on this run's replica, also when the run has ended, until the monitor is closed or the Sluice is. Looks every
     * {@link Monitor#DEFAULT_INTERVAL}.
     *
     * @throws IllegalStateException if the Sluice is closed
     */
    default Monitor monitor(MonitorListener... listeners) {
        return monitor(Monitor.DEFAULT_INTERVAL, listeners);
    }

    /**
     * The same with a pause between two looks of the caller's.
     *
     * @param interval between {@link Monitor#SHORTEST_INTERVAL} and {@link Monitor#LONGEST_INTERVAL}
     * @throws IllegalArgumentException if it is outside of these
     * @throws IllegalStateException if the Sluice is closed
     */
    default Monitor monitor(Duration interval, MonitorListener... listeners) {
        return monitor(MonitorSettings.every(interval), listeners);
    }

    /**
     * The same with settings of the caller's.
     *
     * @throws dev.sluice.api.error.PlanRejectedException if they ask for a heartbeat that the plan does not allow, or that its scope keeps from
     *     the replica
     * @throws IllegalStateException if the Sluice is closed
     */
    Monitor monitor(MonitorSettings settings, MonitorListener... listeners);

    /** Goes on after {@code pauseBefore}. Without effect if the run does not wait for it. */
    void proceed();

    /** What a person has to do now. */
    List<PendingAction> pendingActions();

    /**
     * Says that an action was done. Where the server can show it, the server's state decides all the same.
     *
     * @param actionId the {@link PendingAction#id()}
     * @param by who says so, for the journal
     * @throws IllegalArgumentException if no such action is pending, or it asks a question
     * @throws dev.sluice.api.error.JournalException if it could not be journaled; the action is pending as before
     */
    void confirm(String actionId, String by);

    /**
     * The same of an action that asks a question: {@link PendingAction#question()}.
     *
     * @param answer goes into the journal, and so must be no secret
     * @throws IllegalArgumentException if no such action is pending, it asks no question, or this cannot be the answer
     * @throws dev.sluice.api.error.JournalException if it could not be journaled; the action is pending as before
     */
    void confirm(String actionId, String by, String answer);
}
