// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.error.ErrorCode;

/** What can be wrong with a temporary read replica that a plan wants to read from. */
public enum SeedCode implements ErrorCode {
    /** RDS-301: the temporary read replica stopped with an error, or shows no position. */
    REPLICA_BROKEN(
            "RDS-301",
            "The temporary read replica stopped with an error, or shows no position",
            "Abandon the run, repair what the message names on the source, and start the plan again"),
    /** RDS-302: the temporary read replica follows another server than the plan's source. */
    REPLICA_OF_ANOTHER(
            "RDS-302",
            "The temporary read replica follows another server than the plan's source",
            "See that the source's identifier and address are those of one instance: the position of another server means nothing"),
    /** RDS-303: the temporary read replica leaves changes out. */
    REPLICA_FILTERED(
            "RDS-303",
            "The temporary read replica leaves changes out, because its parameter group has a replication filter",
            "Take the filter out of the source's parameter group, or use another way"),
    /** RDS-304: the position that the temporary read replica shows may have gaps before it. */
    REPLICA_GAPS(
            "RDS-304",
            "The temporary read replica applies in another order than the source, so that its position proves nothing",
            "Set replica_preserve_commit_order=1 in the source's parameter group, or replica_parallel_workers to 1 or less"),
    /** RDS-305: the source does not keep the position any more. */
    POSITION_GONE(
            "RDS-305",
            "The source does not keep the position of the temporary read replica any more",
            "Let the plan retain binary logs for longer: retainBinlogs(…)"),
    /** RDS-306: the source would remove its binary logs as soon as the temporary read replica is deleted. */
    LOGS_NOT_KEPT(
            "RDS-306",
            "The source would remove its binary logs as soon as the temporary read replica is deleted",
            "Let the plan retain them: retainBinlogs(…)"),
    /** RDS-307: one temporary read replica cannot be read from and keep the logs: it is gone when it was read. */
    KEEPS_AND_SEEDS(
            "RDS-307",
            "One temporary read replica cannot both be read from and keep the binary logs: it is deleted when it was read",
            "Take seedWith(RdsSeed.TEMPORARY_READ_REPLICA) off the plan, or retain the logs for at most 168 h without the option"),
    /** RDS-351: the address that was told leads to a server that this run did not have made. */
    NOT_MADE_FOR_RUN(
            "RDS-351",
            "What was told to be the temporary read replica was there before the run asked for one",
            "Nothing was stopped there. Abandon the run and run the plan again; tell the endpoint of the instance that was made for it");

    private final String id;
    private final String meaning;
    private final String remedy;

    SeedCode(String id, String meaning, String remedy) {
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
