// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.facts.TableEngine;
import dev.sluice.api.plan.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Facts of a server that does not exist: a healthy one of some version, changed where a test wants it otherwise. Server id and UUID follow
 * from the host's name where they are not given. Immutable and thread-safe; each method returns new facts.
 */
public final class MockFacts {
    private final ServerVersion version;
    private final Map<String, String> variables;
    private final List<Routine> routines;
    private final List<String> grants;
    private final List<String> accounts;
    private final List<String> databases;
    private final List<TableEngine> tablesNotTransactional;
    private final List<ChannelFacts> channels;
    private final List<EventFacts> events;

    private MockFacts(ServerVersion version, Map<String, String> variables) {
        this.version = version;
        this.variables = Map.copyOf(variables);
        this.routines = List.of();
        this.grants = List.of("GRANT ALL PRIVILEGES ON *.* TO `mock`@`%` WITH GRANT OPTION");
        this.accounts = List.of("'root'@'localhost'");
        this.databases = List.of();
        this.tablesNotTransactional = List.of();
        this.channels = List.of();
        this.events = List.of();
    }

    private MockFacts(Copy copy) {
        this.version = copy.from.version;
        this.variables = Map.copyOf(copy.variables);
        this.routines = List.copyOf(copy.routines);
        this.grants = List.copyOf(copy.grants);
        this.accounts = List.copyOf(copy.accounts);
        this.databases = List.copyOf(copy.databases);
        this.tablesNotTransactional = List.copyOf(copy.tablesNotTransactional);
        this.channels = List.copyOf(copy.channels);
        this.events = List.copyOf(copy.events);
    }

    /** A 5.7.44 with binary logging in rows, without GTIDs and without TLS. */
    public static MockFacts mysql57() {
        return common(ServerVersion.of(5, 7, 44))
                .variable("have_ssl", "DISABLED")
                .variable("expire_logs_days", "0")
                .variable("max_allowed_packet", "4194304")
                .variable("log_slave_updates", "OFF")
                .variable("character_set_server", "latin1")
                .variable("collation_server", "latin1_swedish_ci");
    }

    /** An 8.0.36 with binary logging in rows, TLS and without GTIDs, as the release has it. */
    public static MockFacts mysql80() {
        return since80(ServerVersion.of(8, 0, 36)).variable("have_ssl", "YES").variable("log_slave_updates", "ON");
    }

    /** An 8.4.5 with binary logging in rows, TLS and without GTIDs, as the release has it. */
    public static MockFacts mysql84() {
        return since80(ServerVersion.of(8, 4, 5));
    }

    /** A 9.7.0 with binary logging in rows, TLS and without GTIDs, as the release has it. */
    public static MockFacts mysql9() {
        return since80(ServerVersion.of(9, 7, 0));
    }

    /**
     * An instance of RDS for MySQL 5.7 with binary logging in rows, TLS, no GTIDs, and the procedures by which AWS lets it replicate, which say
     * {@code master}. Its admin account is {@code admin}.
     */
    public static MockFacts rds57() {
        return ManagedFacts.rds57();
    }

    /**
     * An instance of RDS for MySQL 8.0 with binary logging in rows, no GTIDs, and the procedures by which AWS lets it replicate. Its admin account
     * is {@code admin}.
     */
    public static MockFacts rds80() {
        return ManagedFacts.rds80();
    }

    /** The same of RDS for MySQL 8.4, whose procedures say {@code source}. */
    public static MockFacts rds84() {
        return ManagedFacts.rds84();
    }

    /**
     * A cluster of Aurora MySQL version 2 (5.7), release 2.12, with binary logging in rows, no GTIDs, and the procedures by which AWS lets it
     * replicate. As a source it offers TLS; as a replica it has no way to encrypt its connection to a source, nor to begin with a set of GTIDs.
     */
    public static MockFacts aurora2() {
        return ManagedFacts.aurora2();
    }

    /** A cluster of Aurora MySQL version 3 with binary logging in rows, no GTIDs, and the procedures by which AWS lets it replicate. */
    public static MockFacts aurora3() {
        return ManagedFacts.aurora3();
    }

    /**
     * The same of Aurora MySQL 8.4, release 8.4.8. It asks its clients for TLS, and has no procedure that keeps a session out of its binary log.
     */
    public static MockFacts aurora84() {
        return ManagedFacts.aurora84();
    }

    /** A healthy server of this kind, where a test says nothing else: the usual 8.0 of it. */
    static MockFacts of(EngineId engine) {
        return switch (engine.value()) {
            case "rds-mysql" -> rds80();
            case "aurora-mysql" -> aurora3();
            default -> mysql80();
        };
    }

    private static MockFacts since80(ServerVersion version) {
        return common(version)
                .variable("binlog_expire_logs_seconds", "2592000")
                .variable("log_replica_updates", "ON")
                .variable("character_set_server", "utf8mb4")
                .variable("collation_server", "utf8mb4_0900_ai_ci");
    }

    private static MockFacts common(ServerVersion version) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("version", version.toString());
        variables.put("log_bin", "ON");
        variables.put("binlog_format", "ROW");
        variables.put("binlog_row_image", "FULL");
        variables.put("binlog_checksum", "CRC32");
        variables.put("gtid_mode", "OFF");
        variables.put("enforce_gtid_consistency", "OFF");
        variables.put("lower_case_table_names", "0");
        variables.put("read_only", "OFF");
        variables.put("super_read_only", "OFF");
        variables.put("time_zone", "SYSTEM");
        variables.put("system_time_zone", "UTC");
        variables.put("max_allowed_packet", "67108864");
        return new MockFacts(version, variables);
    }

    /** With a global variable set to this value, in the server's spelling. */
    public MockFacts variable(String name, String value) {
        Copy copy = new Copy(this);
        copy.variables.put(name.toLowerCase(Locale.ROOT), value);
        return new MockFacts(copy);
    }

    /** Without a global variable, as a server of a version that does not know it. */
    public MockFacts withoutVariable(String name) {
        Copy copy = new Copy(this);
        copy.variables.remove(name.toLowerCase(Locale.ROOT));
        return new MockFacts(copy);
    }

    /** With GTIDs on. */
    public MockFacts gtidOn() {
        return variable("gtid_mode", "ON").variable("enforce_gtid_consistency", "ON");
    }

    /** With binary logging off. */
    public MockFacts binlogOff() {
        return variable("log_bin", "OFF");
    }

    /**
     * With a parameter group that no other server has, and no change that waits for a maintenance window: what an engine with clients of the RDS
     * API adds to the facts. Without it, what belongs into a parameter group is an action for a person.
     */
    public MockFacts parameterGroup(String name) {
        return variable("sluice.parameter_group", name)
                .variable("sluice.parameter_group_others", "")
                .variable("sluice.pending_changes", "");
    }

    /** With this server id. */
    public MockFacts serverId(long id) {
        return variable("server_id", Long.toString(id));
    }

    /** With exactly these lines of {@code SHOW GRANTS}. */
    public MockFacts grants(String... lines) {
        Copy copy = new Copy(this);
        copy.grants = List.of(lines);
        return new MockFacts(copy);
    }

    /** With one more account. */
    public MockFacts account(String user, String host) {
        Copy copy = new Copy(this);
        copy.accounts.add("'" + user + "'@'" + host + "'");
        return new MockFacts(copy);
    }

    /** With more databases. */
    public MockFacts databases(String... names) {
        Copy copy = new Copy(this);
        copy.databases.addAll(List.of(names));
        return new MockFacts(copy);
    }

    /** With one more table of another engine than InnoDB. */
    public MockFacts tableNotTransactional(TableName table, String engine) {
        Copy copy = new Copy(this);
        copy.tablesNotTransactional.add(new TableEngine(table, engine));
        return new MockFacts(copy);
    }

    /** With one more procedure in schema {@code mysql}. */
    public MockFacts routine(String name, String... parameters) {
        Copy copy = new Copy(this);
        copy.routines.add(new Routine(name, List.of(parameters)));
        return new MockFacts(copy);
    }

    /** With one more replication channel. */
    public MockFacts channel(ChannelFacts channel) {
        Copy copy = new Copy(this);
        copy.channels.add(channel);
        return new MockFacts(copy);
    }

    /** With one more event. */
    public MockFacts event(EventFacts event) {
        Copy copy = new Copy(this);
        copy.events.add(event);
        return new MockFacts(copy);
    }

    /** Whether it replicates from nowhere. */
    boolean hasNoChannels() {
        return channels.isEmpty();
    }

    /** With each replication channel changed like this. */
    MockFacts channels(UnaryOperator<ChannelFacts> change) {
        Copy copy = new Copy(this);
        copy.channels.replaceAll(change);
        return new MockFacts(copy);
    }

    /** Without any replication channel. */
    public MockFacts withoutChannels() {
        Copy copy = new Copy(this);
        copy.channels.clear();
        return new MockFacts(copy);
    }

    /** The facts, as an engine would have read them at this address. */
    public ServerFacts of(EngineId engine, ServerAddress address) {
        UUID uuid = UUID.nameUUIDFromBytes(address.toString().getBytes(StandardCharsets.UTF_8));
        Map<String, String> all = new TreeMap<>(variables);
        String serverUuid = all.computeIfAbsent("server_uuid", absent -> uuid.toString());
        String serverId =
                all.computeIfAbsent("server_id", absent -> Long.toString(1 + (uuid.getLeastSignificantBits() >>> 34)));
        return new ServerFacts(
                engine,
                address,
                version,
                serverUuid,
                Long.parseLong(serverId),
                offersTls(),
                all,
                routines,
                grants,
                accounts,
                databases,
                tablesNotTransactional,
                channels,
                List.of(),
                gtidExecuted(serverUuid),
                events);
    }

    private boolean offersTls() {
        @Nullable String haveSsl = variables.get("have_ssl");
        return haveSsl == null || haveSsl.equals("YES");
    }

    private String gtidExecuted(String serverUuid) {
        return "ON".equals(variables.get("gtid_mode"))
                ? MySqlGtidSet.parse(serverUuid + ":1-100").toString()
                : "";
    }

    /** What is about to become new facts. */
    private static final class Copy {
        private final MockFacts from;
        private final Map<String, String> variables;
        private final List<Routine> routines;
        private List<String> grants;
        private final List<String> accounts;
        private final List<String> databases;
        private final List<TableEngine> tablesNotTransactional;
        private final List<ChannelFacts> channels;
        private final List<EventFacts> events;

        Copy(MockFacts from) {
            this.from = from;
            this.variables = new TreeMap<>(from.variables);
            this.routines = new ArrayList<>(from.routines);
            this.grants = from.grants;
            this.accounts = new ArrayList<>(from.accounts);
            this.databases = new ArrayList<>(from.databases);
            this.tablesNotTransactional = new ArrayList<>(from.tablesNotTransactional);
            this.channels = new ArrayList<>(from.channels);
            this.events = new ArrayList<>(from.events);
        }
    }
}
