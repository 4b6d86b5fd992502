// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Facts of servers that were never there, as a server of the version would tell them. */
record TestFacts(ServerFacts facts) {
    static final String SOURCE_UUID = "11111111-1111-1111-1111-111111111111";
    static final String REPLICA_UUID = "22222222-2222-2222-2222-222222222222";

    /** A fresh source at 10.0.0.1 with a binary log. */
    static TestFacts source(String version) {
        return server(version, "10.0.0.1", SOURCE_UUID, 1);
    }

    /** A fresh replica at 10.0.0.2. */
    static TestFacts replica(String version) {
        return server(version, "10.0.0.2", REPLICA_UUID, 2);
    }

    private static TestFacts server(String text, String host, String uuid, long id) {
        ServerVersion version = ServerVersion.parse(text);
        return new TestFacts(new ServerFacts(
                ExternalEngine.ID,
                new ServerAddress(host, 3306),
                version,
                uuid,
                id,
                version.isAtLeast(8, 0, 0),
                variables(version, id),
                List.of(),
                List.of("GRANT ALL PRIVILEGES ON *.* TO 'admin'@'%' WITH GRANT OPTION"),
                List.of("'admin'@'%'"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of()));
    }

    private static Map<String, String> variables(ServerVersion version, long id) {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "server_id", Long.toString(id),
                "log_bin", "ON",
                "binlog_format", "ROW",
                "binlog_row_image", "FULL",
                "log_slave_updates", "ON",
                "gtid_mode", "OFF",
                "read_only", "OFF",
                "super_read_only", "OFF"));
        if (!version.isAtLeast(8, 2, 0)) {
            variables.put("expire_logs_days", version.isAtLeast(8, 0, 0) ? "0" : "3");
        }
        if (version.isAtLeast(8, 0, 1)) {
            variables.put("binlog_expire_logs_seconds", "259200");
        }
        if (version.isAtLeast(8, 0, 29)) {
            variables.put("binlog_expire_logs_auto_purge", "ON");
        }
        if (version.isAtLeast(8, 0, 24)) {
            variables.put("skip_slave_start", "OFF");
        }
        if (version.isAtLeast(8, 0, 26)) {
            variables.put("skip_replica_start", "OFF");
            variables.put("log_replica_updates", "ON");
        }
        return variables;
    }

    TestFacts with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(facts.variables());
        more.put(variable, value);
        return copy(facts.serverId(), facts.tlsOffered(), more, facts.accounts(), facts.databases(), facts.channels());
    }

    TestFacts without(String variable) {
        Map<String, String> fewer = new TreeMap<>(facts.variables());
        fewer.remove(variable);
        return copy(facts.serverId(), facts.tlsOffered(), fewer, facts.accounts(), facts.databases(), facts.channels());
    }

    TestFacts serverId(long id) {
        Map<String, String> variables = new TreeMap<>(facts.variables());
        variables.put("server_id", Long.toString(id));
        return copy(id, facts.tlsOffered(), variables, facts.accounts(), facts.databases(), facts.channels());
    }

    TestFacts noTls() {
        return copy(facts.serverId(), false, facts.variables(), facts.accounts(), facts.databases(), facts.channels());
    }

    TestFacts accounts(String... accounts) {
        return copy(
                facts.serverId(),
                facts.tlsOffered(),
                facts.variables(),
                List.of(accounts),
                facts.databases(),
                facts.channels());
    }

    TestFacts grants(String... grants) {
        return new TestFacts(facts.withGrants(List.of(grants)));
    }

    TestFacts databases(String... databases) {
        return copy(
                facts.serverId(),
                facts.tlsOffered(),
                facts.variables(),
                facts.accounts(),
                List.of(databases),
                facts.channels());
    }

    TestFacts follows(String uuid) {
        return followsAt("10.0.0.1", uuid);
    }

    TestFacts followsAt(String host, String uuid) {
        ChannelFacts channel = new ChannelFacts("", host, 3306, "sluice_repl", uuid, false, true, "Yes", "Yes");
        return copy(
                facts.serverId(),
                facts.tlsOffered(),
                facts.variables(),
                facts.accounts(),
                facts.databases(),
                List.of(channel));
    }

    /** By one more channel of this name. */
    TestFacts followsToo(String name) {
        List<ChannelFacts> channels = new ArrayList<>(facts.channels());
        channels.add(new ChannelFacts(name, "10.0.0.9", 3306, "other", "", false, true, "Yes", "Yes"));
        return copy(
                facts.serverId(), facts.tlsOffered(), facts.variables(), facts.accounts(), facts.databases(), channels);
    }

    TestFacts attached(Long... ids) {
        ServerFacts f = facts;
        return new TestFacts(new ServerFacts(
                f.engine(),
                f.address(),
                f.version(),
                f.serverUuid(),
                f.serverId(),
                f.tlsOffered(),
                f.variables(),
                f.routines(),
                f.grants(),
                f.accounts(),
                f.databases(),
                f.tablesNotTransactional(),
                f.channels(),
                List.of(ids),
                f.gtidExecuted(),
                f.events()));
    }

    private TestFacts copy(
            long id,
            boolean tls,
            Map<String, String> variables,
            List<String> accounts,
            List<String> databases,
            List<ChannelFacts> channels) {
        ServerFacts f = facts;
        return new TestFacts(new ServerFacts(
                f.engine(),
                f.address(),
                f.version(),
                f.serverUuid(),
                id,
                tls,
                variables,
                f.routines(),
                f.grants(),
                accounts,
                databases,
                f.tablesNotTransactional(),
                channels,
                f.attachedReplicas(),
                f.gtidExecuted(),
                f.events()));
    }
}
