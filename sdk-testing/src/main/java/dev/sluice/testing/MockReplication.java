// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What mock servers say of their binary log and their replication: the source writes evenly, and the replica is behind by a rule. Not
 * thread-safe.
 */
final class MockReplication {
    static final String LOG = "mock-bin.000001";
    /** Where the source stands at first; months of writing lie before it, for replicas that are far behind. */
    static final long FIRST = 1_000_000_000;

    /** What a source writes in a second: neither statement nor position stands still, so that a replica has something to catch up with. */
    private static final long BYTES = 100;

    private static final Duration A_LITTLE = Duration.ofSeconds(3);
    private static final long TRANSACTIONS = 10;
    private static final long FIRST_TRANSACTIONS = 100;

    private Clock clock;
    private Instant origin;
    private Instant since;
    private LagRule rule = LagRule.none();
    private Duration atLeast = Duration.ZERO;

    MockReplication(Clock clock) {
        this.clock = clock;
        this.origin = clock.instant();
        this.since = origin;
    }

    void clock(Clock other) {
        clock = other;
        origin = other.instant();
        since = origin;
    }

    void rule(LagRule lag) {
        rule = lag;
    }

    /** Replication begins, and the rule with it. */
    void begin() {
        since = clock.instant();
    }

    /** For a while it is behind by a little at least. */
    void holdBack(boolean back) {
        atLeast = back ? A_LITTLE : Duration.ZERO;
    }

    Duration lag() {
        Duration lag = rule.after(Duration.between(since, clock.instant()));
        return lag.compareTo(atLeast) < 0 ? atLeast : lag;
    }

    /** The answer of either server to what is asked of binary log and replication; null if it is asked something else. */
    @Nullable
    List<Row> answer(String sql, ServerFacts server) {
        return switch (sql) {
            case "SELECT @@GLOBAL.server_uuid AS uuid, @@GLOBAL.gtid_mode AS gtid_mode" -> List.of(identity(server));
            case "SHOW MASTER STATUS", "SHOW BINARY LOG STATUS" ->
                server.isOn("log_bin") ? List.of(binlogStatus(server)) : List.of();
            case "SHOW SLAVE STATUS", "SHOW REPLICA STATUS" ->
                server.channels().stream().map(this::channelStatus).toList();
            default -> null;
        };
    }

    private static Row identity(ServerFacts server) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        row.put("uuid", server.serverUuid());
        row.put("gtid_mode", server.variable("gtid_mode").orElse("OFF"));
        return Row.of(row);
    }

    private Row binlogStatus(ServerFacts server) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        row.put("File", LOG);
        row.put("Position", Long.toString(position(clock.instant())));
        row.put("Executed_Gtid_Set", server.gtidsOn() ? gtids(server.serverUuid(), clock.instant()) : "");
        return Row.of(row);
    }

    private Row channelStatus(ChannelFacts channel) {
        Instant now = clock.instant();
        Instant applied = now.minus(lag());
        boolean runs = channel.receiverRunning().equals("Yes")
                && channel.applierRunning().equals("Yes");
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        row.put("Channel_Name", channel.name());
        row.put("Source_Host", channel.sourceHost());
        row.put("Source_Port", Integer.toString(channel.sourcePort()));
        row.put("Source_User", channel.user());
        row.put("Source_UUID", channel.sourceUuid());
        row.put("Auto_Position", channel.autoPosition() ? "1" : "0");
        row.put("Source_SSL_Allowed", channel.tls() ? "Yes" : "No");
        row.put("Replica_IO_Running", channel.receiverRunning());
        row.put("Replica_SQL_Running", channel.applierRunning());
        row.put("Source_Log_File", LOG);
        row.put("Read_Source_Log_Pos", Long.toString(position(now)));
        row.put("Relay_Source_Log_File", LOG);
        row.put("Exec_Source_Log_Pos", Long.toString(position(applied)));
        row.put("Last_IO_Errno", "0");
        row.put("Last_SQL_Errno", "0");
        row.put("Retrieved_Gtid_Set", channel.autoPosition() ? gtids(channel.sourceUuid(), now) : "");
        row.put("Executed_Gtid_Set", channel.autoPosition() ? gtids(channel.sourceUuid(), applied) : "");
        row.put("Seconds_Behind_Source", runs ? Long.toString(lag().toSeconds()) : null);
        return Row.of(row);
    }

    private long position(Instant at) {
        return Math.max(BinlogPosition.FIRST, FIRST + BYTES * secondsTo(at));
    }

    private String gtids(String uuid, Instant at) {
        return uuid + ":1-" + Math.max(1, FIRST_TRANSACTIONS + TRANSACTIONS * secondsTo(at));
    }

    private long secondsTo(Instant at) {
        return Duration.between(origin, at).toSeconds();
    }
}
