// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.error.ErrorCode;

/** What can be wrong with a plan before any server is changed. */
public enum PlanCode implements ErrorCode {
    NO_ENGINE(
            "CORE-101",
            "No engine was given for a kind of server in the plan",
            "Give Sluice.builder().engines(…) the engine of that kind"),
    ENGINE_TWICE("CORE-102", "Two engines have one id", "Give each engine once"),
    ENGINE_TOO_OLD(
            "CORE-103",
            "An engine was built for another version of the SPI",
            "Use the engine's release that fits this Sluice"),
    SLOT_UNFILLED(
            "CORE-104",
            "A step needs a value that no earlier step fills",
            "Report this: an engine's steps do not fit together"),
    CONSENT_MISSING(
            "CORE-105",
            "A step interrupts a server or removes something, and the plan does not allow it",
            "Call the named method on the plan, or do without the step"),
    STEP_MISSING(
            "CORE-109",
            "An engine has no step for a row of the guide that the plan needs",
            "Use an engine that has it, or end the plan earlier with until(…)"),
    SECRET_UNRESOLVED(
            "CORE-110",
            "A password cannot be looked up",
            "Set what the message names, or give Sluice.builder().secrets(…) a resolver that knows it"),
    EVENTS_READ_ONLY(
            "CORE-117",
            "Events are not enabled on a replica that is read-only for everybody: they could write nothing",
            "Let others write on it first: SET GLOBAL super_read_only = OFF and read_only = OFF, by SET PERSIST from 8.0 on; or leave"
                    + " enableEvents() out and enable them later"),
    EVENTS_TOO_MANY(
            "CORE-118",
            "There are more events than a plan looks at, so that some would be forgotten",
            "Leave enableEvents() out and enable them by ALTER DEFINER = … EVENT … ENABLE"),
    SERVER_SILENT(
            "CORE-112",
            "A server did not answer the questions of the compiler in time",
            "See that the server answers, and compile again"),
    NOTHING_DISCOVERED(
            "CORE-119",
            "The class path offers no usable engine",
            "Add an engine's jar, such as sluice-external, or name engines with Sluice.builder().engines(…)"),
    SEED_NOT_OFFERED(
            "CORE-125",
            "The source's kind of server has no such way to be snapshotted",
            "Name another way in seedWith(…), or Seed.LOGICAL_COPY last, which works everywhere"),
    SEED_NOT_ACCEPTED(
            "CORE-126",
            "The replica's kind of server cannot be loaded from what the way leaves behind",
            "Name another way in seedWith(…), or Seed.LOGICAL_COPY last, which works everywhere"),
    SEED_NOT_FOR_PROGRAMS("CORE-127", "mysqldump reads from the source only", "Leave copyWith(…) out, or seedWith(…)"),
    SEED_NOT_FOR_NEW(
            "CORE-128",
            "A replica that the plan creates begins with a native snapshot of its source, not with rows that are copied",
            "Name a native way in seedWith(…), such as AuroraSeed.CLUSTER_CLONE; for a copy of rows create the server first and name"
                    + " it as one that is there"),
    HEARTBEAT_OUT_OF_SCOPE(
            "CORE-178",
            "Heartbeats would not arrive at the replica",
            "Make the heartbeat table first (HeartbeatPlan.create) and name its database among those of the plan that sets the"
                    + " replication up; a monitor without a heartbeat needs nothing"),
    TABLE_NOT_COPIED(
            "CORE-850",
            "One table alone cannot be copied anew on a replica of this kind: its filter cannot be changed by a statement",
            "Repair the rows by the statements of a comparison, or copy everything again"),
    CHECK_UNKNOWN(
            "CORE-752",
            "The plan leaves a check out that does not exist",
            "Correct its id: Sluice.checks() lists them all, those of the engines included"),
    CHECK_NOT_SKIPPABLE(
            "CORE-753",
            "The plan leaves a check out without which a run could lose or mix up rows and report success",
            "Take it out of skipChecks(…), and do what the check asks for"),
    CONNECTION_SOURCE_UNKNOWN(
            "CORE-113",
            "An endpoint names a connection source that Sluice was not given",
            "Register it with Sluice.builder().connectionSource(name, source)");

    private final String id;
    private final String meaning;
    private final String remedy;

    PlanCode(String id, String meaning, String remedy) {
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
