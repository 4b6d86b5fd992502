// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.ErrorCode;

/** What can be wrong with a replica that a plan creates as a copy of its source. Immutable and thread-safe. */
public enum CreationCode implements ErrorCode {
    /** RDS-321: the plan is about a part of the source, and its copy is the whole. */
    SCOPE_NOT_WHOLE(
            "RDS-321",
            "A replica that is created from a snapshot holds all that the source has, and the plan is about a part of it",
            "Leave the scope out of the plan, or create the server first and load it by Seed.LOGICAL_COPY"),
    /** RDS-322: the source replicates itself, and its copy could go on with that. */
    SOURCE_REPLICATES(
            "RDS-322",
            "The source replicates itself, and its copy could go on with that as soon as it starts",
            "Replicate from the source's own source, or create the server first and load it by Seed.LOGICAL_COPY"),
    /** RDS-323: events of the source would run on its copy from its first moment on. */
    EVENTS_ENABLED(
            "RDS-323",
            "Events of the source are enabled, and would run on its copy from its first moment on",
            "Give the replica a parameter group with event_scheduler=OFF: parameterGroup(…); or disable the events until the replica is made;"
                    + " or create the server first and load it by Seed.LOGICAL_COPY, which disables them there"),
    /** RDS-324: a copy is made in the region and the account of the source. */
    OTHER_PLACE(
            "RDS-324",
            "A server is created from a snapshot in the region and the account of its source",
            "Create it there, or create the server first and load it by Seed.LOGICAL_COPY"),
    /** RDS-325: the copy says that it is the same server as its source. */
    SAME_IDENTITY(
            "RDS-325",
            "The copy has the server_uuid or the server_id of its source, so that it would skip all that comes from there",
            "Report this, and abandon the run, which deletes the copy"),
    /** RDS-326: something else has the name of the server that the plan creates. */
    NAME_TAKEN(
            "RDS-326",
            "Something has the name of the server that the plan creates, and no run has made it from the plan's source",
            "Nothing was changed. Choose another identifier, or name the server as one that is there"),
    /** RDS-327: the parameter group of the new server does not do. */
    GROUP_UNFIT(
            "RDS-327",
            "The parameter group that the new server is to have does not exist, or does not switch the binary log on",
            "Make it, set binlog_format in that of a cluster, or leave parameterGroup(…) out, so that the new server has the source's"),
    /** RDS-330: the temporary read replica did not stand still while its snapshot was taken. */
    MOVED(
            "RDS-330",
            "The temporary read replica did not stand still while its snapshot was taken",
            "Abandon the run, and see who has started replication there"),
    /** RDS-331: the new server lacks a procedure that the plan was compiled with. */
    PROCEDURES_DIFFER(
            "RDS-331",
            "The new server lacks a procedure that the plan was compiled with",
            "Abandon the run; create the server first, and name it as one that is there"),
    /** RDS-329: the way to seed the replica makes a new server, and the plan's is there. */
    NOT_TO_BE_CREATED(
            "RDS-329",
            "The way to seed the replica makes a new server, and the plan names one that is there",
            "Name one that the plan creates, such as RdsMySql.newInstance(…), or another way in seedWith(…)"),
    /** RDS-328: the copy was made from another server than the plan's source, or from a later moment. */
    COPY_OF_ANOTHER(
            "RDS-328",
            "The copy does not stand where the snapshot's coordinates say: it has transactions that do not belong there",
            "Abandon the run, which deletes the copy; see that the source's identifier and address are those of one server");

    private final String id;
    private final String meaning;
    private final String remedy;

    CreationCode(String id, String meaning, String remedy) {
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
