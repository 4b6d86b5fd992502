// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.secret.Secret;
import dev.sluice.rds.managed.ManagedWish;
import java.time.Duration;

/**
 * What only replicas on Aurora MySQL can do, given with the endpoint: {@code to(replica, AuroraOption.…)}. Refused at compile where the cluster
 * has no procedure for it. On a source they have no effect. Immutable and thread-safe.
 */
public sealed interface AuroraOption extends EndpointOption<AuroraCluster> {
    /**
     * The replica shows this certificate to its source and believes only certificates of this authority. The three are read at the moment
     * of use, sent over an encrypted connection only, and never logged by Sluice; a server whose general log is on logs them itself. <b>When
     * not called:</b> the connection is encrypted where the cluster has a procedure for that, and the source's certificate not verified.
     * Replaces what was imported before, which a server does not show and nobody can bring back, so that it stays whatever becomes of the run.
     * <b>Needs</b> {@code mysql.rds_import_binlog_ssl_material}, and the plan's {@code allowTlsMaterialReplacement()}.
     *
     * @param ca the authority's certificate, PEM
     * @param certificate the replica's certificate, PEM
     * @param key its RSA key, PEM in the form {@code BEGIN RSA PRIVATE KEY}, not encrypted
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/mysql-stored-proc-replicating.html">AWS:
     *     mysql.rds_import_binlog_ssl_material</a>
     */
    static AuroraOption tlsMaterial(Secret ca, Secret certificate, Secret key) {
        return new Wished(new ManagedWish.TlsMaterial(ca, certificate, key));
    }

    /**
     * The replica stays behind its source by this time. <b>Range:</b> 1 s to 86,400 s, whole seconds. Aurora MySQL 8.4.8 and later. <b>When not
     * called:</b> it does not. <b>Effect:</b> the plan's steps that wait for the replica take as much longer; RELAX_RETENTION, which has ten minutes
     * where the plan does not say, needs a {@code deadline} above that time.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    static AuroraOption delayedBy(Duration behind) {
        return new Wished(new ManagedWish.Delay(behind));
    }

    /**
     * Replication stops at this position of the source's log. Only in a plan {@code until(ENABLE_REPLICATION)}, and on a cluster that applies
     * with one worker. <b>When not called:</b> it goes on.
     */
    static AuroraOption untilPosition(BinlogPosition position) {
        return new Wished(new ManagedWish.UntilPosition(position));
    }

    /** As {@link #untilPosition}; it stops when the replica has all these transactions. */
    static AuroraOption untilGtids(MySqlGtidSet gtids) {
        return new Wished(new ManagedWish.UntilGtids(gtids));
    }

    /**
     * Before the replica is pointed at its source, a cluster snapshot {@code sluice-<run>-safety} is taken of it, with the tag {@code sluice-run},
     * to begin again from, as AWS advises. It stays when the run succeeds; a cancel and an abandonment delete it. <b>When not called:</b> none
     * is taken. <b>Needs:</b> {@code rds:CreateDBClusterSnapshot}, or a person.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_CreateSnapshotCluster.html">AWS: creating a DB cluster
     *     snapshot</a>
     */
    static AuroraOption safetySnapshot() {
        return new Wished(new ManagedWish.SafetySnapshot());
    }

    /**
     * A replica that follows already, and whose applier has stopped with an error, leaves the change out that it stopped at. Needs the
     * plan's {@code allowSkippedChanges()}; not with GTIDs, where {@link #skippingTransaction} does it. Once a run.
     */
    static AuroraOption skippingError() {
        return new Wished(new ManagedWish.SkipError());
    }

    /**
     * A replica that follows already, and whose applier has stopped with an error, leaves this transaction out. Needs the plan's
     * {@code allowSkippedChanges()}.
     *
     * @param gtid exactly one transaction
     * @throws IllegalArgumentException if it is not one GTID
     */
    static AuroraOption skippingTransaction(String gtid) {
        return new Wished(new ManagedWish.SkipTransaction(MySqlGtidSet.parse(gtid)));
    }

    /**
     * A replica that follows already, and whose receiver cannot read a file of the source's log (error 1236), goes on at the beginning of the
     * next file; the rest of this one is left out. Needs the plan's {@code allowSkippedChanges()}.
     *
     * @param index the number of the file that cannot be read: 107 of {@code mysql-bin-changelog.000107}
     * @throws IllegalArgumentException if it is under 1
     */
    static AuroraOption leavingLog(int index) {
        return new Wished(new ManagedWish.NextLog(index));
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
    static AuroraOption openingPort(String securityGroup, String peer) {
        if (peer.isEmpty()) {
            throw new IllegalArgumentException("The peer is empty");
        }
        return new Wished(new ManagedWish.OpenPort(securityGroup, peer));
    }

    /** As {@link #openingPort(String, String)}, for the replica's own address, where its endpoint has an IPv4 address and no name. */
    static AuroraOption openingPort(String securityGroup) {
        return new Wished(new ManagedWish.OpenPort(securityGroup, ""));
    }

    /**
     * One of these.
     *
     * @param wish what is asked for
     */
    record Wished(ManagedWish wish) implements AuroraOption {
        public Wished {
            requireNonNull(wish, "wish");
        }

        @Override
        public String name() {
            return wish.name();
        }
    }
}
