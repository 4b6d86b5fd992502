// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.rds.managed.ManagedWish;
import java.time.Duration;

/**
 * What only RDS for MySQL can do, given with the endpoint: {@code to(replica, RdsOption.…)}, or {@code from(source, RdsOption.…)} for those
 * that say that they are for a source; at the other end they have no effect. Refused at compile where the instance has no procedure for it.
 * Immutable and thread-safe.
 */
public sealed interface RdsOption extends EndpointOption<RdsServer> {
    /**
     * The replica stays behind its source by this time, as a net against mistakes. <b>Range:</b> 1 s to 86,400 s, whole seconds. <b>When not
     * called:</b> it does not. <b>Effect:</b> the plan's steps that wait for the replica take as much longer; RELAX_RETENTION, which has ten minutes
     * where the plan does not say, needs a {@code deadline} above that time.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    static RdsOption delayedBy(Duration behind) {
        return new Wished(new ManagedWish.Delay(behind));
    }

    /**
     * Replication stops at this position of the source's log. Only in a plan {@code until(ENABLE_REPLICATION)}, and on an instance that applies
     * with one worker. <b>When not called:</b> it goes on.
     */
    static RdsOption untilPosition(BinlogPosition position) {
        return new Wished(new ManagedWish.UntilPosition(position));
    }

    /** As {@link #untilPosition}; it stops when the replica has all these transactions. */
    static RdsOption untilGtids(MySqlGtidSet gtids) {
        return new Wished(new ManagedWish.UntilGtids(gtids));
    }

    /**
     * Before the replica is pointed at its source, a DB snapshot {@code sluice-<run>-safety} is taken of it, with the tag {@code sluice-run},
     * to begin again from. It stays when the run succeeds; a cancel and an abandonment delete it. <b>When not called:</b> none is taken.
     * <b>Effect:</b> on an instance that is not Multi-AZ it suspends I/O for up to a minute. <b>Needs:</b> {@code rds:CreateDBSnapshot}, or a
     * person.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CreateSnapshot.html">AWS: creating a DB snapshot</a>
     */
    static RdsOption safetySnapshot() {
        return new Wished(new ManagedWish.SafetySnapshot());
    }

    /**
     * Automated backups are kept of a replica that is there already: switched on between the load and replication, or kept for longer, never for
     * less. Where there are none yet that restarts the instance, which needs the plan's {@code allowBackupRetentionChange()}; from then on it
     * writes a binary log of its own, so that replicas can follow it. They stay whatever becomes of the run, since switching them off would be
     * another outage and delete them. <b>Range:</b> 1 to 35 days. <b>When not called:</b> they stay as they are. A replica that the plan creates
     * has {@link NewRdsInstance#automatedBackups}. <b>Needs:</b> {@code rds:ModifyDBInstance}, or a person; without clients of the RDS API nobody can
     * see for how long backups that are on already are kept, and these stay as they are.
     *
     * @throws IllegalArgumentException if days are out of range
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html">AWS: automated backups</a>
     */
    static RdsOption keepingBackups(int days) {
        return new Wished(new ManagedWish.KeepBackups(days));
    }

    /**
     * A replica that follows already, and whose applier has stopped with an error, leaves the change out that it stopped at. Needs the
     * plan's {@code allowSkippedChanges()}; not with GTIDs, where {@link #skippingTransaction} does it. Once a run.
     */
    static RdsOption skippingError() {
        return new Wished(new ManagedWish.SkipError());
    }

    /**
     * A replica that follows already, and whose applier has stopped with an error, leaves this transaction out. Needs the plan's
     * {@code allowSkippedChanges()}.
     *
     * @param gtid exactly one transaction, such as {@code 3e11fa47-71ca-11e1-9e33-c80aa9429562:23}
     * @throws IllegalArgumentException if it is not one GTID
     */
    static RdsOption skippingTransaction(String gtid) {
        return new Wished(new ManagedWish.SkipTransaction(MySqlGtidSet.parse(gtid)));
    }

    /**
     * A replica that follows already, and whose receiver cannot read a file of the source's log (error 1236), goes on at the beginning of the
     * next file; the rest of this one is left out. Needs the plan's {@code allowSkippedChanges()}.
     *
     * @param index the number of the file that cannot be read: 107 of {@code mysql-bin-changelog.000107}
     * @throws IllegalArgumentException if it is under 1
     */
    static RdsOption leavingLog(int index) {
        return new Wished(new ManagedWish.NextLog(index));
    }

    /**
     * For a source whose binary logs have to be kept for longer than the 168 h that RDS can be told: a read replica is made for the run and its
     * replication stopped, which keeps RDS from removing the logs. Made only where {@code retainBinlogs} asks for more than 168 h, up to 720
     * h, after which RDS would end that replication. <b>Effect:</b> a second instance of the source's class, and the logs on the source's
     * storage, until the replica has caught up; deleted then, and on cancel and abandon. <b>When not called:</b> a longer retention is refused.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html">AWS: read replicas</a>
     */
    static RdsOption keepingBinlogsByReadReplica() {
        return new Wished(new ManagedWish.KeepByReadReplica());
    }

    /**
     * For a source: its security group lets the replica in to its port, by a rule that carries the run's id as a tag. A rule that is there
     * already is left as it is. The run takes its own back on cancel and abandon; as long as replication lasts it stays. <b>When not
     * called:</b> no security group is touched. Needs a client of EC2, or a person.
     *
     * @param securityGroup the id of a security group of the source, such as {@code sg-0a1b2c3d}
     * @param peer from where the replica connects: a range such as {@code 203.0.113.7/32}, or the id of its own security group
     * @throws IllegalArgumentException if they are not written like that
     */
    static RdsOption openingPort(String securityGroup, String peer) {
        if (peer.isEmpty()) {
            throw new IllegalArgumentException("The peer is empty");
        }
        return new Wished(new ManagedWish.OpenPort(securityGroup, peer));
    }

    /** As {@link #openingPort(String, String)}, for the replica's own address, where its endpoint has an IPv4 address and no name. */
    static RdsOption openingPort(String securityGroup) {
        return new Wished(new ManagedWish.OpenPort(securityGroup, ""));
    }

    /**
     * One of these.
     *
     * @param wish what is asked for
     */
    record Wished(ManagedWish wish) implements RdsOption {
        public Wished {
            requireNonNull(wish, "wish");
        }

        @Override
        public String name() {
            return wish.name();
        }
    }
}
