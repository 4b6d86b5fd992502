// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.facts.Routine;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A session that says what facts say, to whoever reads facts with the toolkit, and keeps what it was sent. It is
 * encrypted where the server offers TLS. To everything else it answers no
 * rows. Not thread-safe.
 */
final class SpokenFacts implements ServerSession {
    private final ServerFacts facts;
    private final MockReplication replication = new MockReplication(Clock.systemUTC());
    private final List<String> sent = new ArrayList<>();

    SpokenFacts(ServerFacts facts) {
        this.facts = facts;
    }

    /** Every statement, in order. */
    List<String> sent() {
        return List.copyOf(sent);
    }

    @Override
    public List<Row> query(String sql) {
        sent.add(sql);
        if (sql.startsWith("SHOW GLOBAL VARIABLES")) {
            Map<String, String> all = new TreeMap<>(facts.variables());
            all.put("version", facts.version().toString());
            all.put("server_uuid", facts.serverUuid());
            all.put("server_id", Long.toString(facts.serverId()));
            return all.entrySet().stream()
                    .map(one -> row("Variable_name", one.getKey(), "Value", one.getValue()))
                    .toList();
        }
        if (sql.startsWith("SHOW SESSION STATUS") && sql.contains("Ssl_cipher") && facts.tlsOffered()) {
            return List.of(row("Variable_name", "Ssl_cipher", "Value", "TLS_AES_256_GCM_SHA384"));
        }
        if (sql.startsWith("SHOW GRANTS")) {
            return facts.grants().stream().map(line -> row("grant", line)).toList();
        }
        if (sql.startsWith("SHOW DATABASES")) {
            return facts.databases().stream().map(name -> row("Database", name)).toList();
        }
        if (sql.contains("information_schema.ROUTINES")) {
            return facts.routines().stream().flatMap(SpokenFacts::rows).toList();
        }
        List<Row> told = replication.answer(sql, facts);
        return told == null ? List.of() : told;
    }

    private static Stream<Row> rows(Routine routine) {
        return routine.parameters().isEmpty()
                ? Stream.of(row("routine", routine.name()))
                : routine.parameters().stream().map(name -> row("routine", routine.name(), "parameter", name));
    }

    private static Row row(String... labelsAndValues) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            values.put(labelsAndValues[i], labelsAndValues[i + 1]);
        }
        return Row.of(values);
    }
}
