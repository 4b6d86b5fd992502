// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.TableName;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.external.ExternalEngine;
import dev.sluice.rds.RdsEngine;
import dev.sluice.testing.MockFacts;
import dev.sluice.testing.rds.RdsFlavour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server that the documents tell of and that was never there: healthy, with what its kind and version have. Managed ones have the procedures
 * of the catalogue by which servers are dressed as RDS and Aurora. On a page it is written as its name in lower case, with dots and dashes, and
 * what is special about it: {@code rds-8.0+gtid}.
 */
enum DocumentedServer {
    EXTERNAL_5_7(() -> MockFacts.mysql57().variable("expire_logs_days", "3"), null),
    EXTERNAL_8_0(MockFacts::mysql80, null),
    EXTERNAL_8_4(MockFacts::mysql84, null),
    EXTERNAL_9(MockFacts::mysql9, null),
    RDS_5_7(MockFacts::mysql57, RdsFlavour.MYSQL_5_7),
    RDS_8_0(MockFacts::mysql80, RdsFlavour.MYSQL_8_0),
    RDS_8_4(MockFacts::mysql84, RdsFlavour.MYSQL_8_4),
    AURORA_2(MockFacts::mysql57, RdsFlavour.AURORA_2),
    AURORA_3(MockFacts::mysql80, RdsFlavour.AURORA_3),
    AURORA_8_4(MockFacts::mysql84, RdsFlavour.AURORA_8_4);

    private static final Path CATALOGUE =
            Path.of("../sdk-testing/src/test/resources/dev/sluice/testing/rds/catalogue.txt");

    @SuppressWarnings("ImmutableEnumChecker") // without state
    private final Supplier<MockFacts> base;

    private final @Nullable RdsFlavour flavour;

    DocumentedServer(Supplier<MockFacts> base, @Nullable RdsFlavour flavour) {
        this.base = base;
        this.flavour = flavour;
    }

    /** Such as {@code external-8.0}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", "-").replace('_', '.');
    }

    /** Who runs it. */
    enum Kind {
        EXTERNAL,
        RDS,
        AURORA
    }

    Kind kind() {
        if (flavour == null) {
            return Kind.EXTERNAL;
        }
        return flavour.isAurora() ? Kind.AURORA : Kind.RDS;
    }

    private EngineId engine() {
        return switch (kind()) {
            case EXTERNAL -> ExternalEngine.ID;
            case RDS -> RdsEngine.ID;
            case AURORA -> AuroraEngine.ID;
        };
    }

    /**
     * The facts of a source as a page writes it, with the databases of a shop, where its endpoint says, or at a name made from its identifier.
     *
     * @param words the label, and after it what {@link #with} knows, such as {@code +gtid}
     * @throws IllegalArgumentException if there is no such server
     */
    static ServerFacts source(String words, Endpoint endpoint) {
        return parse(words, endpoint, "orders", "billing");
    }

    /** The same of a replica, which is empty. */
    static ServerFacts replica(String words, Endpoint endpoint) {
        return parse(words, endpoint);
    }

    private static ServerFacts parse(String words, Endpoint endpoint, String... databases) {
        List<String> parts = List.of(words.split("\\+"));
        DocumentedServer server = Arrays.stream(values())
                .filter(one -> one.label().equals(parts.get(0)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no server '" + parts.get(0) + "'"));
        return server.facts(parts.subList(1, parts.size()), endpoint, databases);
    }

    private ServerFacts facts(List<String> traits, Endpoint endpoint, String... databases) {
        String name = endpoint.label().split(" ")[0];
        MockFacts facts =
                base.get().variable("have_ssl", "YES").account("admin", "%").databases(databases);
        if (flavour != null) {
            facts = managed(facts, flavour, name);
        }
        for (String trait : traits) {
            facts = with(facts, trait);
        }
        return facts.of(
                engine(),
                endpoint.address().orElseGet(() -> new ServerAddress(name + ".example", ServerAddress.DEFAULT_PORT)));
    }

    private static MockFacts with(MockFacts facts, String trait) {
        return switch (trait) {
            case "gtid" -> facts.gtidOn();
            case "binlog-off" -> facts.binlogOff();
            case "no-tls" -> facts.variable("have_ssl", "DISABLED");
            case "mixed" -> facts.variable("binlog_format", "MIXED").variable("binlog_row_image", "MINIMAL");
            case "no-server-id" -> facts.serverId(0);
            case "event" -> facts.event(event("ENABLED"));
            case "event-off" -> facts.event(event("SLAVESIDE_DISABLED"));
            case "retains" -> facts.variable("rds.binlog retention hours", "24");
            case "set-up" ->
                facts.variable("filter.replicate-wild-do-table", "orders.%")
                        .variable("persisted.skip_replica_start", "ON");
            default -> throw new IllegalArgumentException("There is no server with '" + trait + "'");
        };
    }

    private static EventFacts event(String status) {
        return new EventFacts(
                TableName.of("orders", "tidy"), status, "admin", "%", "utf8mb4", "utf8mb4_general_ci", true);
    }

    /** With what the engines, with clients of the RDS API, add to the facts. */
    private static MockFacts managed(MockFacts facts, RdsFlavour flavour, String name) {
        MockFacts managed = facts.variable("sluice.parameter_group", name + "-parameters")
                .variable("sluice.parameter_group_others", "")
                .variable("sluice.pending_changes", "")
                .variable("sluice.heartbeat_row", "THERE");
        if (flavour.isAurora()) {
            managed = managed.variable("aurora_version", flavour.auroraVersion().orElseThrow())
                    .variable("aurora_server_id", name + "-1")
                    .variable("innodb_read_only", "OFF")
                    .variable("skip_name_resolve", "ON");
        }
        Set<String> procedures = new TreeSet<>();
        for (String[] procedure : catalogue().toList()) {
            if (List.of(procedure[2].split(" ")).contains(flavour.name())) {
                managed = managed.routine(procedure[0], parameters(Integer.parseInt(procedure[1])));
                procedures.add(procedure[0]);
            }
        }
        if (procedures.contains("rds_disable_session_binlog")) {
            managed = managed.variable("sluice.unlogged_session", "CALL mysql.rds_disable_session_binlog");
        }
        boolean encrypts = !flavour.isAurora() || procedures.contains("rds_set_binlog_source_ssl");
        return encrypts ? managed : managed.variable("sluice.replicates_with_tls", "NO");
    }

    private static Stream<String[]> catalogue() {
        try {
            return Files.readAllLines(CATALOGUE).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| "));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static String[] parameters(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> "p" + number).toArray(String[]::new);
    }

    /** A replica that follows a source by the default account and channel, both halves running. */
    static ServerFacts following(ServerFacts replica, ServerFacts source) {
        return replica.withChannels(List.of(new ChannelFacts(
                "",
                source.address().host(),
                source.address().port(),
                "sluice_repl",
                source.serverUuid(),
                replica.gtidsOn() && source.gtidsOn(),
                true,
                "Yes",
                "Yes")));
    }
}
