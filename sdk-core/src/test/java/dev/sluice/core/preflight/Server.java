// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.facts.TableEngine;
import dev.sluice.api.plan.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Facts of a healthy server, changed where a test wants it otherwise. */
final class Server {
    static final String SOURCE_UUID = "11111111-1111-1111-1111-111111111111";
    static final String REPLICA_UUID = "22222222-2222-2222-2222-222222222222";

    private final String host;
    private final String uuid;
    private ServerVersion version = ServerVersion.of(8, 0, 31);
    private boolean tls = true;
    private String gtids = "";
    private final Map<String, String> variables = new HashMap<>(Map.of(
            "gtid_mode", "OFF",
            "enforce_gtid_consistency", "OFF",
            "lower_case_table_names", "0",
            "local_infile", "ON",
            "default_storage_engine", "InnoDB",
            "max_allowed_packet", "67108864"));
    private List<String> grants = List.of("GRANT ALL PRIVILEGES ON *.* TO `migrator`@`10.0.%` WITH GRANT OPTION");
    private final List<String> accounts = new ArrayList<>();
    private final List<String> databases = new ArrayList<>();
    private final List<TableEngine> tables = new ArrayList<>();
    private final List<ChannelFacts> channels = new ArrayList<>();
    private final List<Routine> routines = new ArrayList<>();

    private Server(String host, String uuid) {
        this.host = host;
        this.uuid = uuid;
    }

    static Server source() {
        return new Server("10.0.0.1", SOURCE_UUID);
    }

    static Server replica() {
        return new Server("10.0.0.2", REPLICA_UUID);
    }

    /** With the source's identity. */
    static Server replicaThatIsTheSource() {
        return new Server("10.0.0.2", SOURCE_UUID);
    }

    static Server at(String host) {
        return new Server(host, REPLICA_UUID);
    }

    Server version(int major, int minor, int patch) {
        version = ServerVersion.of(major, minor, patch);
        return this;
    }

    Server withoutTls() {
        tls = false;
        return this;
    }

    Server variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    Server gtidMode(String mode) {
        return variable("gtid_mode", mode);
    }

    Server gtidExecuted(String set) {
        gtids = set;
        return this;
    }

    Server grants(String... lines) {
        grants = List.of(lines);
        return this;
    }

    /** Quoted, as facts have them. */
    Server account(String account) {
        accounts.add(account);
        return this;
    }

    Server databases(String... names) {
        databases.addAll(List.of(names));
        return this;
    }

    Server table(String database, String table, String engine) {
        tables.add(new TableEngine(TableName.of(database, table), engine));
        return this;
    }

    Server follows(String channel, String sourceHost, String sourceUuid) {
        channels.add(new ChannelFacts(channel, sourceHost, 3306, "sluice_repl", sourceUuid, false, true, "Yes", "Yes"));
        return this;
    }

    Server routine(String name) {
        routines.add(new Routine(name, List.of()));
        return this;
    }

    ServerFacts facts() {
        return new ServerFacts(
                TestServer.ENGINE,
                new ServerAddress(host, 3306),
                version,
                uuid,
                host.hashCode(),
                tls,
                variables,
                routines,
                grants,
                accounts,
                databases,
                tables,
                channels,
                List.of(),
                gtids,
                List.of());
    }
}
