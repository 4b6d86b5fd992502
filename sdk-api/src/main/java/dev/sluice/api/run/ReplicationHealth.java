// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

/**
 * How a replication can be, each with what it means and what to do. Judged from what the replica, its source and, where one is written, the
 * heartbeat tell together: no half that stands still and no figure of the server alone is ever taken for a replica that has caught up.
 */
public enum ReplicationHealth {
    /** Both halves run, and the replica is proven to be behind by no more than {@link MonitorSettings#late()}. */
    IN_TIME(Concern.FINE, "the replica is in time", "Nothing"),
    /** As {@link #IN_TIME}; the replica has everything, and the source has written nothing for a while. */
    IDLE(Concern.FINE, "the replica has everything, and the source writes nothing", "Nothing"),
    /** Both halves run, and the replica is behind as far as it was told to be and not much further. */
    DELAYED(
            Concern.FINE,
            "the replica is delayed as it was told to be",
            "Nothing; SOURCE_DELAY of the channel says by how much"),
    /** Both halves run, and the replica is further behind than {@link MonitorSettings#late()}. */
    CATCHING_UP(
            Concern.PASSING,
            "the replica is behind its source",
            "Wait. If the lag grows: more workers (replica_parallel_workers), a primary key on every table, fewer large transactions, a"
                    + " larger replica"),
    /** The applier runs and has work, and has finished nothing for longer than {@link MonitorSettings#stall()}. */
    STALLED(
            Concern.PASSING,
            "the applier runs and has work, but finishes nothing",
            "See on the replica what it is at (SHOW PROCESSLIST): a very large transaction or ALTER TABLE ends by itself, a lock that somebody"
                    + " holds does not"),
    /** Both halves say that they run, and nothing of what the source writes arrives for longer than {@link MonitorSettings#silence()}. */
    LINK_SILENT(
            Concern.PASSING,
            "the receiver says that it is connected, but nothing of what the source writes arrives",
            "Check the network between the replica and its source; the replica notices by itself after its replica_net_timeout"),
    /** The receiver lost its source or does not get through to it, and this host does, as far as it knows the source. */
    LINK_DOWN(
            Concern.PASSING,
            "the replica does not get through to its source",
            "Check network, firewalls and security groups between the replica and its source, and the address that the replica has of it. After"
                    + " a restart of the source the replica only waits for its next try"),
    /** Neither the replica nor this host gets through to the source. */
    SOURCE_DOWN(
            Concern.PASSING,
            "neither the replica nor this host gets through to the source",
            "See that the source runs; the replica goes on by itself then"),
    /** The source answers the receiver and lets it not in. */
    SOURCE_REFUSES(
            Concern.BROKEN,
            "the source refuses the replica",
            "See the error: password and host part of the replication account, TLS, or the source's limit of connections"),
    /** The receiver is on its way to the source for the first time and has met no error yet. */
    CONNECTING(Concern.PASSING, "the receiver is connecting to the source", "Wait"),
    /** Somebody stopped the receiver; what it had fetched is still applied, after which the server's own lag is 0 or NULL. */
    RECEIVER_STOPPED(
            Concern.BROKEN,
            "the receiver was stopped",
            "Start it: START REPLICA, or sluice.live(plan).start(); the source must still have the binary logs"),
    /** The receiver stopped with an error. */
    RECEIVER_FAILED(Concern.BROKEN, "the receiver stopped with an error", "See the error"),
    /** Somebody stopped the applier; the receiver goes on. */
    APPLIER_STOPPED(
            Concern.BROKEN,
            "the applier was stopped",
            "Start it: START REPLICA, or sluice.live(plan).start(); relay logs fill the replica's disk meanwhile"),
    /** A change could not be applied. */
    APPLIER_FAILED(Concern.BROKEN, "the applier stopped with an error", "See the error"),
    /** Both halves stand still without an error: somebody stopped them, or the replica restarted. */
    STOPPED(
            Concern.BROKEN,
            "replication is stopped",
            "Start it by sluice.live(plan).start(), which sets a filter that a restart has lost"),
    /** The server knows no source. */
    NOT_CONFIGURED(
            Concern.BROKEN,
            "no replication is configured",
            "Set it up by a plan; if it was set up before, see who has reset it"),
    /** The replica could not be asked; nothing is known about the replication. */
    REPLICA_UNREACHABLE(
            Concern.PASSING,
            "the replica cannot be asked",
            "See that the replica runs and that this host reaches it; replication may go on"),
    /** Both halves run without an error, and nothing proves how far the replica is behind. */
    UNPROVEN(
            Concern.PASSING,
            "both halves run, but how far the replica is behind is not known",
            "See the reason: the source must answer this host, and its user needs REPLICATION CLIENT there, or a heartbeat");

    private final Concern concern;
    private final String meaning;
    private final String remedy;

    ReplicationHealth(Concern concern, String meaning, String remedy) {
        this.concern = concern;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** What it is worth. */
    public enum Concern {
        /** All is well. */
        FINE,
        /** It may pass by itself; worth an alarm if it stays. */
        PASSING,
        /** It stays until somebody acts. */
        BROKEN
    }

    /** What it is worth. */
    public Concern concern() {
        return concern;
    }

    /** Whether all is well. */
    public boolean isFine() {
        return concern == Concern.FINE;
    }

    /** In words, to follow a colon. */
    public String meaning() {
        return meaning;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
