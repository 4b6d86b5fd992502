// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.ErrorCode;

/** What can end a run, apart from what servers say. */
public enum RunCode implements ErrorCode {
    CANCELLED("CORE-610", "The run was cancelled", "Start the plan again when it is wanted", Retry.CAN_HELP),
    CLOSED(
            "CORE-611",
            "Sluice was closed while the run was under way",
            "Its changes are in place: resume the run by its id, or abandon it, which undoes them",
            Retry.CAN_HELP),
    DEADLINE(
            "CORE-612",
            "A step did not end within its deadline",
            "See what the message says held it up, and start again when it is gone; a plan gives a step more time with deadline(step, …),"
                    + " a pause with within(…)",
            Retry.CAN_HELP),
    NOT_CONFIRMED(
            "CORE-613",
            "A step's operations returned, but the servers are not as they should be",
            "See what the look says; something else may be changing the server",
            Retry.CAN_HELP),
    REPLICA_TAKEN(
            "CORE-614", "Another run works on this replica", "Wait until it has ended, or cancel it", Retry.CAN_HELP),
    REPLICA_LOST(
            "CORE-615",
            "The run lost its claim on the replica",
            "Nothing more was done on the replica, and nothing undone: see whether the replica has failed over, or something kills the session"
                    + " that holds the claim, then resume or abandon the run",
            Retry.CAN_HELP),
    DRIFT(
            "CORE-616",
            "The servers are not as they were when the plan was compiled",
            "Compile again and read the new preview",
            Retry.POINTLESS),
    NOT_EQUAL(
            "CORE-617",
            "The replica is not equal to its source",
            "See the differences; abandon the run, which drops what was loaded, and start the plan again",
            Retry.POINTLESS),
    PERSON_LATE(
            "CORE-618",
            "Nobody did in time what only a person can do",
            "Do it, abandon the run and start the plan again",
            Retry.CAN_HELP),
    BUG("CORE-619", "Something failed that nobody thought of", "Report it with the stack trace", Retry.POINTLESS),
    SNAPSHOT_GONE(
            "CORE-622",
            "The snapshot that the copy reads is gone",
            "Cancel or abandon the run, which drops what was copied, and start the plan again",
            Retry.CAN_HELP),
    COORDINATES_CHANGED(
            "CORE-630",
            "What the snapshot is read from stands elsewhere in the source's binary log than it did before",
            "Cancel or abandon the run, and start the plan again; look for who started replication on the temporary server",
            Retry.CAN_HELP),
    PASSWORD_TOO_LONG(
            "CORE-623",
            "The replication account's password is longer than replicas take",
            "Use one of at most 32 characters",
            Retry.POINTLESS),
    PASSWORD_WITH_BLANKS(
            "CORE-635",
            "The replication account's password begins or ends with a blank, which the replica's procedures cut off",
            "Use one without blanks at its ends",
            Retry.POINTLESS),
    UNDER_WAY(
            "CORE-624",
            "The run is still under way",
            "Only a run that has ended is abandoned: cancel() stops this one and undoes its changes",
            Retry.CAN_HELP),
    REPLICA_PASSED_ON(
            "CORE-629",
            "The replica is not this run's any more: somebody else has built on what it left there",
            "Nothing was undone. If the later run failed as well, abandon that one first, then this one. If its replication is wanted,"
                    + " leave both as they are and end it by an end plan when its time has come. What else this run left in place is"
                    + " in its result; undo by hand what nobody uses",
            Retry.POINTLESS),
    EARLIER_SESSIONS(
            "CORE-625",
            "Sessions of earlier runs are still at work on the replica",
            "See what they do (SHOW PROCESSLIST) and wait until they are gone, or end them by KILL as a user who may",
            Retry.CAN_HELP),
    SESSIONS_UNSEEN(
            "CORE-626",
            "The replica does not show the attributes of sessions, so that those of earlier runs are not found",
            "If an earlier run's process died on this replica, see that none of its sessions is left (SHOW PROCESSLIST);"
                    + " performance_schema=ON lets runs see to it",
            Retry.POINTLESS),
    REPOINT_UNPROVEN(
            "CORE-631",
            "The replica's new server has lost its replication configuration, and nothing proves where it has to go on",
            "Nothing was changed there. Load the replica anew: abandon the run, or empty the replica, and start the plan again; with GTIDs"
                    + " on both servers the next failover can be followed",
            Retry.POINTLESS),
    REPOINT_WITHOUT_PASSWORD(
            "CORE-632",
            "The replica's new server has lost its replication configuration, and the replication account's password is not known",
            "Nothing was changed there. Set a password of the account on the source, give it to the plan by replicationUser(user, secret),"
                    + " and point the replica at the source by GTIDs by hand, or load it anew",
            Retry.POINTLESS),
    NO_WRITER(
            "CORE-633",
            "No server of the replica took changes any more after a failover",
            "See that the endpoint leads to the writer of a cluster that is up; the replication itself may go on",
            Retry.CAN_HELP),
    NOT_CAUGHT_UP(
            "CORE-621",
            "The replica did not reach a position of its source",
            "See the replica's status; give it more time if it goes on",
            Retry.CAN_HELP),
    WENT_ON_WITHOUT(
            "CORE-627",
            "The replica refuses something that the run can do without",
            "None is needed; see what the replica said if the run is too slow without",
            Retry.POINTLESS),
    RUN_UNKNOWN(
            "CORE-657",
            "The journal knows no such run",
            "See Sluice.runs(), and that this Sluice has the journal of the run",
            Retry.POINTLESS),
    NOT_RESUMABLE(
            "CORE-658",
            "The run cannot be resumed, or not be abandoned",
            "One that has succeeded needs nothing more; of one that was cancelled or abandoned the rest is undone by abandoning it, and the"
                    + " plan can be started again",
            Retry.POINTLESS),
    PLAN_CHANGED(
            "CORE-659",
            "The run's plan is another one",
            "Resume the run with the plan that it was started with, or abandon it and start the new plan",
            Retry.POINTLESS),
    OUTCOME_LEFT(
            "CORE-660",
            "The process that drove the run ended in the middle of an operation",
            "None is needed: the step looks at the servers and decides",
            Retry.POINTLESS),
    RESUMED_ELSEWHERE(
            "CORE-661",
            "The run was resumed or abandoned elsewhere since",
            "Use what resume() has returned, or Sluice.abandon(run)",
            Retry.POINTLESS),
    LEFT(
            "CORE-662",
            "The process that drove the run ended before the run did",
            "Resume the run by its id, or abandon it, which undoes its changes",
            Retry.CAN_HELP),
    COPY_STAYS(
            "CORE-663",
            "What the run had copied before could not be dropped, so that the copy cannot start over",
            "See what keeps the tables, and resume the run again",
            Retry.CAN_HELP),
    OTHER_SERVER(
            "CORE-664",
            "Another server answers than the one that the run was started with",
            "Nothing was changed there. See where the endpoint leads to, and resume or abandon the run once the right server answers; if it is"
                    + " gone for good, abandonWithout(…) takes the run back on the other one",
            Retry.POINTLESS),
    SERVER_UNPROVEN(
            "CORE-880",
            "Another server answers than the run has worked on, and nobody can tell whether a failover has moved it",
            "Nothing was changed there. Give the engine clients of the provider's API before runs are started, so that a cluster is known by what"
                    + " stays the same; see whether it was renamed or replaced, and if the run's own is gone, use abandonWithout(…)",
            Retry.POINTLESS),
    LOAD_GONE(
            "CORE-882",
            "What the run had loaded is not on the replica any more",
            "Replication was not enabled. Look for who dropped or emptied the tables, a cancel of this run among them; then abandon the run, and"
                    + " start the plan again",
            Retry.POINTLESS),
    LOG_READERS_HIDDEN(
            "CORE-628",
            "Who reads the replica's binary log cannot be seen, so the load is written to it",
            "GRANT REPLICATION SLAVE or PROCESS ON *.* to the user on the replica, so that a load that nobody reads can be left out",
            Retry.POINTLESS),
    LATER_UNREADABLE(
            "CORE-872",
            "The journal has another run on the same replica, of which it cannot be read whether it has built on this one",
            "Mend or bring back the other run's journal; if it is known that it has left nothing on the replica, or has done nothing, move it"
                    + " out of the journal",
            Retry.POINTLESS),
    CANCEL_UNJOURNALED(
            "CORE-873",
            "The journal could not be told that the run is cancelled, so that only locks were released and nothing else was undone",
            "See to the journal, then abandon the run, which undoes its changes",
            Retry.CAN_HELP),
    LOGS_EXPIRE(
            "CORE-862",
            "The binary log that the run still needs will have three quarters of the age at which the source removes it by the time that the replica is"
                    + " through with it",
            "Raise the source's retention now; for another time take the plan that estimate.retaining(plan) gives",
            Retry.POINTLESS),
    UNAPPLIED_LOGS_GONE(
            "CORE-863",
            "The source has removed a binary log that the replica has fetched and not yet applied: if the replica loses what it has fetched, as with"
                    + " relay_log_recovery after a crash, only another copy helps",
            "Raise the source's retention now, and do not restart the replica before it has applied what it has fetched",
            Retry.POINTLESS),
    LOGS_GO(
            "CORE-788",
            "The oldest binary log that the source has is the one that the run still needs: the next that it removes ends the replication before"
                    + " it has begun",
            "Raise the source's retention now; for another time take the plan that estimate.retaining(plan) gives",
            Retry.POINTLESS),
    LOGS_GONE(
            "CORE-789",
            "The source has removed a binary log that the replica still needs",
            "Abandon the run and start the plan again with a longer retention: only another copy helps",
            Retry.POINTLESS);

    private final String id;
    private final String meaning;
    private final String remedy;
    private final Retry retry;

    RunCode(String id, String meaning, String remedy, Retry retry) {
        this.id = id;
        this.meaning = meaning;
        this.remedy = remedy;
        this.retry = retry;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }

    @Override
    public Retry retry() {
        return retry;
    }
}
