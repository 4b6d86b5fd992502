// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.GtidInterval;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.secret.Secret;
import dev.sluice.rds.aws.PortRule;
import java.time.Duration;
import java.util.List;

/**
 * What a plan can ask of a managed server beyond what all plans do, mostly of a replica that has a procedure for it. Each engine offers those that its servers can have as options of its
 * endpoints; what a server lacks is refused when the plan is compiled. Immutable and thread-safe.
 */
public sealed interface ManagedWish {
    /** The name under which it is stored. */
    String name();

    /**
     * The replica stays behind its source on purpose.
     *
     * @param behind 1 s to 86,400 s, whole seconds
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_MySQL.Replication.ReadReplicas.DelayReplication.html">AWS:
     *     delayed replication</a>
     */
    record Delay(Duration behind) implements ManagedWish {
        private static final long MOST_SECONDS = 86_400;

        public Delay {
            if (behind.toSeconds() < 1
                    || behind.toSeconds() > MOST_SECONDS
                    || !Duration.ofSeconds(behind.toSeconds()).equals(behind)) {
                throw new IllegalArgumentException("A delay is 1 to " + MOST_SECONDS + " whole seconds, not " + behind);
            }
        }

        @Override
        public String name() {
            return "delay";
        }
    }

    /**
     * Replication stops at a position of the source's log.
     *
     * @param position the first that is not applied any more
     */
    record UntilPosition(BinlogPosition position) implements ManagedWish {
        public UntilPosition {
            requireNonNull(position, "position");
        }

        @Override
        public String name() {
            return "until-position";
        }
    }

    /**
     * Replication stops when the replica has all these transactions.
     *
     * @param gtids not empty
     */
    record UntilGtids(MySqlGtidSet gtids) implements ManagedWish {
        public UntilGtids {
            if (gtids.isEmpty()) {
                throw new IllegalArgumentException("The GTID set to stop after is empty");
            }
        }

        @Override
        public String name() {
            return "until-gtids";
        }
    }

    /** A snapshot is taken of the loaded replica before it is pointed at its source. */
    record SafetySnapshot() implements ManagedWish {
        @Override
        public String name() {
            return "safety-snapshot";
        }
    }

    /**
     * Automated backups are kept of a replica that is there.
     *
     * @param days at least this many, 1 to 35
     */
    record KeepBackups(int days) implements ManagedWish {
        private static final int MOST_DAYS = 35;

        public KeepBackups {
            if (days < 1 || days > MOST_DAYS) {
                throw new IllegalArgumentException(
                        "Automated backups are kept for 1 to " + MOST_DAYS + " days, not " + days);
            }
        }

        @Override
        public String name() {
            return "keep-backups";
        }
    }

    /** The event group at which the applier stopped is left out. */
    record SkipError() implements ManagedWish {
        @Override
        public String name() {
            return "skip-error";
        }
    }

    /**
     * One transaction is left out.
     *
     * @param gtid exactly one transaction
     */
    record SkipTransaction(MySqlGtidSet gtid) implements ManagedWish {
        public SkipTransaction {
            List<GtidInterval> intervals =
                    gtid.intervals().values().stream().flatMap(List::stream).toList();
            if (intervals.size() != 1 || intervals.get(0).length() != 1) {
                throw new IllegalArgumentException("One transaction is skipped at a time, not " + gtid);
            }
        }

        @Override
        public String name() {
            return "skip-transaction";
        }
    }

    /**
     * What is left of a log file that cannot be read is left out: replication goes on at the beginning of the next one.
     *
     * @param index the number of the file that cannot be read, at least 1
     */
    record NextLog(int index) implements ManagedWish {
        public NextLog {
            if (index < 1) {
                throw new IllegalArgumentException("Log files are numbered from 1, not " + index);
            }
        }

        @Override
        public String name() {
            return "next-log";
        }
    }

    /** A read replica of the source that stands still holds the source's binary logs for longer than the source could be told to. */
    record KeepByReadReplica() implements ManagedWish {
        @Override
        public String name() {
            return "keep-by-read-replica";
        }
    }

    /**
     * The source's port is open for its replica.
     *
     * @param securityGroup of the source
     * @param peer a range of addresses, or the id of a security group; {@code ""} for the replica's own address
     */
    record OpenPort(String securityGroup, String peer) implements ManagedWish {
        public OpenPort {
            // The port is known only when the source is.
            var unused = new PortRule(securityGroup, peer.isEmpty() ? securityGroup : peer, 1);
        }

        @Override
        public String name() {
            return "open-port";
        }
    }

    /**
     * The replica shows a certificate of its own and believes only this authority.
     *
     * @param ca the authority's certificate, PEM
     * @param certificate the replica's, PEM
     * @param key its key, PEM, not encrypted
     */
    record TlsMaterial(Secret ca, Secret certificate, Secret key) implements ManagedWish {
        public TlsMaterial {
            requireNonNull(ca, "ca");
            requireNonNull(certificate, "certificate");
            requireNonNull(key, "key");
        }

        @Override
        public String name() {
            return "tls-material";
        }
    }
}
