// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.error.ErrorCode;

/** What becomes of a replication that somebody waits for. Immutable and thread-safe. */
public enum ReplicationCode implements ErrorCode {
    /** CORE-114: a half of the channel stopped with an error. */
    FAILED(
            "CORE-114",
            "The replica stopped replicating with an error",
            "See the error; where rows are missing or were changed on the replica, only a new copy helps",
            Retry.POINTLESS),
    /** CORE-115: the applier met a change that needs something which the replica does not hold. */
    SCOPE_BORDER(
            "CORE-115",
            "A change on the source needs something that the plan's scope leaves out, or that was not copied",
            "Undo what reaches across the border on the source or make it part of the scope; then load the replica anew, or skip that"
                    + " transaction knowingly and do its part inside the scope by hand",
            Retry.POINTLESS),
    /** CORE-120: the channel has stood still for over a minute, and no error says why. */
    STANDS_STILL(
            "CORE-120",
            "Replication has stood still for over a minute without an error: somebody stopped it, or the replica restarted and does not"
                    + " start it",
            "See that nobody works on the replica and that it has its filter, then start replication: sluice.live(plan).start() sets a filter"
                    + " that a restart has lost",
            Retry.POINTLESS),
    /** CORE-121: the replica knows no source any more. */
    NOT_CONFIGURED(
            "CORE-121",
            "The replica whose replication is waited for knows no source",
            "See who has reset it; a replication that is gone is set up by a new plan",
            Retry.POINTLESS),
    /** CORE-122: the receiver cannot reach the source for now, and goes on trying; a warning. */
    SOURCE_AWAY(
            "CORE-122",
            "The replica cannot reach its source and goes on trying",
            "See that the source runs and that the replica reaches it; what was waited for goes on by itself then",
            Retry.CAN_HELP);

    private final String id;
    private final String meaning;
    private final String remedy;
    private final Retry retry;

    ReplicationCode(String id, String meaning, String remedy, Retry retry) {
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
