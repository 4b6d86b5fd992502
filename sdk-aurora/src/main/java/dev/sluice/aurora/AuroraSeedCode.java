// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.ErrorCode;

/** What can be wrong with a copy of a cluster that a plan wants to read from. */
public enum AuroraSeedCode implements ErrorCode {
    /** AUR-301: events of the source would run on its copy before its rows are read. */
    EVENTS_WOULD_RUN(
            "AUR-301",
            "Events of the source would run on its copy, so that its rows were not those of the coordinates",
            "Disable the events until the copy is made, or use Seed.LOGICAL_COPY; for a copy that rows are only read from, event_scheduler=OFF helps, too"),
    /** AUR-302: the coordinates that the copy tells can be wrong on this version with the enhanced binary log. */
    ENHANCED_BINLOG(
            "AUR-302",
            "With the enhanced binary log, versions before 8.4.8 can tell wrong coordinates after transactions that were rolled back",
            "Use Seed.LOGICAL_COPY, or upgrade the cluster"),
    /** AUR-303: the source does not keep the position any more. */
    POSITION_GONE(
            "AUR-303",
            "The source does not keep the position of its copy any more, or never had it",
            "Let the plan retain binary logs for longer: retainBinlogs(…)"),
    /** AUR-304: something was changed on the copy after it was made. */
    COPY_CHANGED(
            "AUR-304",
            "Something was changed on the copy after it was made, so that it is not what the source was at the coordinates",
            "Disable events on the source and see that no application finds the copy; then run the plan again, which makes a new one"),
    /** AUR-305: the copy was made from another server than the plan's source. */
    COPY_OF_ANOTHER(
            "AUR-305",
            "The copy was made from another server than the plan's source: it has transactions that the source does not know",
            "See that the source's identifier and address are those of one cluster"),
    /** AUR-332: the copy's own log does not hold the position that was told of it. */
    NOT_ITS_POSITION(
            "AUR-332",
            "The copy's own binary log does not reach the position that was told of it, so that it is another copy's",
            "Abandon the run, delete the copy, and run the plan again; tell the event of the new cluster's own first instance"),
    /** AUR-352: the address that was told leads to the source or to the replica. */
    NOT_A_COPY(
            "AUR-352",
            "What was told to be the copy is the source or the replica itself",
            "Abandon the run and run the plan again; tell the endpoint of the cluster that was made for it");

    private final String id;
    private final String meaning;
    private final String remedy;

    AuroraSeedCode(String id, String meaning, String remedy) {
        this.id = id;
        this.meaning = meaning;
        this.remedy = remedy;
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
}
