// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.ErrorCode;

/** What can be wrong with a replica in another region to which AWS itself replicates. */
public enum ReadReplicaCode implements ErrorCode {
    /** AUR-325: the read replica is not in another region, or in another account. */
    PLACE_UNFIT(
            "AUR-325",
            "A read replica is made in another region than its source's, and in the same account",
            "Name another region; in the source's own, take AuroraMySql.newCluster(…) or a reader of the cluster itself"),
    /** AUR-326: the plan has options of a replica to which AWS itself replicates. */
    OPTIONS_WITHOUT_EFFECT(
            "AUR-326",
            "AWS itself replicates to a read replica, so that the plan's options for source or replica would have no effect",
            "Leave the options and the replication account out, or take AuroraMySql.newCluster(…), to which the procedures replicate"),
    /** AUR-327: the way to seed the replica and the replica's kind do not belong together. */
    WAY_OF_ANOTHER(
            "AUR-327",
            "A read replica comes about in one way only, and nothing else comes about in it",
            "Take AuroraMySql.newReadReplica(…) without seedWith(…), or AuroraMySql.newCluster(…) with another way"),
    /** AUR-328: the source's storage is encrypted, and no key is named for the replica's. */
    KEY_MISSING(
            "AUR-328",
            "The source's storage is encrypted, and keys do not leave their region",
            "Name a key of the replica's region: kmsKey(…)"),
    /** AUR-329: events of the source would come along with its copy, enabled. */
    EVENTS_ENABLED(
            "AUR-329",
            "Events of the source are enabled, would come along enabled, and could run on the replica",
            "Disable them until the replica is made, or take AuroraMySql.newCluster(…), where they are disabled"),
    /** AUR-330: the replica follows another server than the plan's source, or AWS does not replicate to it. */
    FOLLOWS_ANOTHER(
            "AUR-330",
            "The replica follows another server than the plan's source, or not by AWS's own account",
            "See that the source's identifier and address are those of one cluster"),
    /** AUR-331: the replication that AWS looks after has failed. */
    BROKEN(
            "AUR-331",
            "The replication that AWS looks after has failed on the replica",
            "See the cluster's events in the console; abandon the run, which deletes the replica, and start the plan again");

    private final String id;
    private final String meaning;
    private final String remedy;

    ReadReplicaCode(String id, String meaning, String remedy) {
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
