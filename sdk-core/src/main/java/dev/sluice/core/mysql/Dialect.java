// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Statement;
import java.time.Duration;
import java.util.List;

/**
 * The statements about replication that one version of MySQL, from 5.7 on, understands. Servers refuse the spellings of other
 * versions with a syntax error, so that they are chosen by version and never tried out. Immutable and thread-safe.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/mysql-nutshell.html">MySQL: what was removed in 8.4</a>
 */
public final class Dialect {
    private final ServerVersion version;

    private Dialect(ServerVersion version) {
        this.version = version;
    }

    /** What this version understands. */
    public static Dialect of(ServerVersion version) {
        return new Dialect(requireNonNull(version, "version"));
    }

    /** The version whose statements these are. */
    public ServerVersion version() {
        return version;
    }

    /** All channels' status, one row each; the labels differ by version, see {@link ReplicaStatusReader}. */
    public String showReplicaStatus() {
        return "SHOW " + replica() + " STATUS";
    }

    /** The replicas that are registered at this server. */
    public String showReplicas() {
        return saysReplica() ? "SHOW REPLICAS" : "SHOW SLAVE HOSTS";
    }

    /** Where this server's binary log stands; no row if it writes none. */
    public String showBinlogStatus() {
        return saysBinaryLog() ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
    }

    /** Removes all binary logs and all GTIDs of this server. Cannot be undone. */
    public String resetBinlogsAndGtids() {
        return saysBinaryLog() ? "RESET BINARY LOGS AND GTIDS" : "RESET MASTER";
    }

    /** Starts receiver and applier of one channel. */
    public String startReplica(String channel) {
        return "START " + replica() + forChannel(channel);
    }

    /** Stops receiver and applier of one channel. */
    public String stopReplica(String channel) {
        return "STOP " + replica() + forChannel(channel);
    }

    /** Starts one thread of one channel. */
    public String start(ReplicationThread thread, String channel) {
        return "START " + replica() + " " + thread.keyword() + forChannel(channel);
    }

    /** Stops one thread of one channel. */
    public String stop(ReplicationThread thread, String channel) {
        return "STOP " + replica() + " " + thread.keyword() + forChannel(channel);
    }

    /** Starts the applier of one channel up to the end of the transaction that reaches a position of the source. */
    public String startApplierUntil(BinlogPosition position, String channel) {
        return "START " + replica() + " SQL_THREAD UNTIL " + option("SOURCE_LOG_FILE")
                + " = " + Quote.literal(position.file()) + ", " + option("SOURCE_LOG_POS") + " = " + position.position()
                + forChannel(channel);
    }

    /** The same up to coordinates that are known later. */
    public Statement startApplierUntil(Slot<Coordinates> slot, String channel) {
        return Sql.text("START " + replica() + " SQL_THREAD UNTIL " + option("SOURCE_LOG_FILE") + " = ")
                .coordinates(slot, Statement.CoordinatesHole.Field.FILE)
                .text(", " + option("SOURCE_LOG_POS") + " = ")
                .coordinates(slot, Statement.CoordinatesHole.Field.POSITION)
                .text(forChannel(channel))
                .build();
    }

    /** Starts the applier of one channel until it has applied all transactions of a set. */
    public String startApplierUntilAfter(MySqlGtidSet gtids, String channel) {
        return "START " + replica() + " SQL_THREAD UNTIL SQL_AFTER_GTIDS = " + Quote.literal(gtids.toString())
                + forChannel(channel);
    }

    /** Forgets the source of one channel and its relay logs; the channel must stand still. */
    public String resetReplica(String channel) {
        return "RESET " + replica() + " ALL" + forChannel(channel);
    }

    /** Throws away what one channel has fetched and keeps its source configured; the channel must stand still. Its place by file is lost. */
    public String forgetRelayLog(String channel) {
        return "RESET " + replica() + forChannel(channel);
    }

    /** A query that waits on the replica until it has applied the source's log up to a position, or the time is over (-1). */
    public String waitForPosition(BinlogPosition position, Duration limit, String channel) {
        String function = version.isAtLeast(8, 0, 26) ? "SOURCE_POS_WAIT" : "MASTER_POS_WAIT";
        return "SELECT " + function + "(" + Quote.literal(position.file()) + ", " + position.position() + ", "
                + seconds(limit) + ", " + Quote.literal(channel) + ")";
    }

    /** A query that waits until the server has applied all transactions of a set (0), or the time is over (1). */
    public String waitForGtids(MySqlGtidSet gtids, Duration limit) {
        return "SELECT WAIT_FOR_EXECUTED_GTID_SET(" + Quote.literal(gtids.toString()) + ", " + seconds(limit) + ")";
    }

    /** The statement that points a channel at its source. */
    public ChangeSource changeSource(String channel) {
        return new ChangeSource(this, channel);
    }

    /** An option of {@link #changeSource} by its current name, such as {@code SOURCE_HOST}, as this version calls it. */
    public String option(String current) {
        return saysSourceInOptions() ? current : current.replace("SOURCE", "MASTER");
    }

    /** Whether replicas can ask the source for the key that encrypts passwords without TLS. */
    public boolean asksForPublicKey() {
        return version.isAtLeast(8, 0, 3);
    }

    /** A variable by its current name, such as {@code replica_parallel_workers}, as this version calls it. */
    public String variable(String current) {
        return version.isAtLeast(8, 0, 26)
                ? current
                : current.replace("replica", "slave").replace("source", "master");
    }

    /** How long this version keeps binary logs, and how that is set. */
    public BinlogRetention binlogRetention() {
        return version.isAtLeast(8, 0, 1) ? BinlogRetention.IN_SECONDS : BinlogRetention.IN_DAYS;
    }

    /** Whether global variables can be set so that they survive a restart. */
    public boolean persists() {
        return version.isAtLeast(8, 0, 11);
    }

    /**
     * Sets a global variable; it survives restarts where {@link #persists()}.
     *
     * @param variable the name as this version calls it
     * @param value a number, a word such as {@code ON}, or a quoted literal
     */
    public String setGlobal(String variable, String value) {
        return (persists() ? "SET PERSIST " : "SET GLOBAL ") + variable + " = " + value;
    }

    /** Whether the server can be told by a statement not to start replication when it restarts; else its option file must say it. */
    public boolean canStayStoppedAfterRestart() {
        return version.isAtLeast(8, 0, 24);
    }

    /** The variable, and with dashes the option, that keeps replication stopped when the server restarts. */
    public String stayStoppedVariable() {
        return variable("skip_replica_start");
    }

    /** Whether {@code gtid_purged} can grow on a server that has GTIDs already; else only an empty one can take GTIDs over. */
    public boolean addsToGtidPurged() {
        return version.isAtLeast(8, 0, 0);
    }

    /** Whether a replication filter can be set for one channel; else it holds for all. */
    public boolean filtersByChannel() {
        return version.isAtLeast(8, 0, 1);
    }

    /** Whether the server has roles. */
    public boolean hasRoles() {
        return version.isAtLeast(8, 0, 0);
    }

    /** The privileges of which one is needed to point a replica at a source, start and stop it. */
    public List<String> replicationAdminPrivileges() {
        return version.isAtLeast(8, 0, 1) ? List.of("REPLICATION_SLAVE_ADMIN", "SUPER") : List.of("SUPER");
    }

    /** The privileges of which one is needed to set global variables. */
    public List<String> variableAdminPrivileges() {
        return version.isAtLeast(8, 0, 1) ? List.of("SYSTEM_VARIABLES_ADMIN", "SUPER") : List.of("SUPER");
    }

    String changeSourceVerb() {
        return saysSourceInOptions() ? "CHANGE REPLICATION SOURCE TO " : "CHANGE MASTER TO ";
    }

    static String forChannel(String channel) {
        return " FOR CHANNEL " + Quote.literal(channel);
    }

    private String replica() {
        return saysReplica() ? "REPLICA" : "SLAVE";
    }

    private boolean saysReplica() {
        return version.isAtLeast(8, 0, 22);
    }

    private boolean saysSourceInOptions() {
        return version.isAtLeast(8, 0, 23);
    }

    private boolean saysBinaryLog() {
        return version.isAtLeast(8, 2, 0);
    }

    /** Whole seconds, at least one: 0 would wait for ever. */
    private static long seconds(Duration limit) {
        return Math.max(1, limit.plusMillis(999).toSeconds());
    }

    @Override
    public String toString() {
        return "MySQL " + version;
    }
}
