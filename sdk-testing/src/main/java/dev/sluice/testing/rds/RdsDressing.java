// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.Quote;
import dev.sluice.testservers.MySqlServer;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Dresses real servers as RDS for MySQL: the documented procedures with their arguments, texts and quirks, RDS's own tables, and an admin
 * account with the privileges that AWS grants and no others.
 *
 * <pre>{@code
 * try (MySqlServer server = MySqlServer.start(MySqlRelease.MYSQL_8_0_31)) {
 *     DressedServer rds = RdsDressing.as(RdsFlavour.MYSQL_8_0).dress(server);
 *     try (Connection admin = rds.connectAsAdmin()) { … }
 * }
 * }</pre>
 *
 * <p>What a stock server does not do like RDS: it does not refuse {@code FLUSH TABLES WITH READ LOCK} to the admin account. Nothing of the
 * dressing goes to the binary log. Immutable and thread-safe.
 */
public final class RdsDressing {
    /** How long procedures wait before they look what became of replication, where nothing else is said; RDS waits 2 s. */
    public static final Duration DEFAULT_PAUSE = Duration.ofMillis(500);

    private static final String ADMIN = "admin";

    private final RdsFlavour flavour;
    private final Duration pause;

    private RdsDressing(RdsFlavour flavour, Duration pause) {
        this.flavour = flavour;
        this.pause = pause;
    }

    /** Dresses servers like this. */
    public static RdsDressing as(RdsFlavour flavour) {
        return new RdsDressing(flavour, DEFAULT_PAUSE);
    }

    /**
     * Lets procedures that start, stop and reset replication wait so long before they look what became of it. A receiver that is still
     * connecting by then counts as an error.
     */
    public RdsDressing pausing(Duration time) {
        return new RdsDressing(flavour, time);
    }

    /** Dresses a server that is not dressed yet. {@code wipe()} takes the dress off again, a restart does not. */
    public DressedServer dress(MySqlServer server) {
        String version = String.valueOf(server.query("SELECT VERSION()").get(0).get(0));
        String password = password();
        List<String> statements = new ArrayList<>(List.of("SET SESSION sql_log_bin = 0"));
        statements.addAll(accounts(password, privileges(server)));
        statements.addAll(new Script("tables.sql", Map.of()).statements());
        statements.addAll(procedures(Dialect.of(ServerVersion.parse(version))));
        server.execute(statements.toArray(String[]::new));
        return new DressedServer(server, flavour, ADMIN, password);
    }

    /** A server older than the flavour does not know all its privileges. */
    private String privileges(MySqlServer server) {
        Set<String> known = server.query("SHOW PRIVILEGES").stream()
                .map(row -> String.valueOf(row.get(0)).toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return Stream.concat(
                        flavour.privileges().stream(),
                        flavour.dynamicPrivileges().stream().filter(known::contains))
                .collect(Collectors.joining(", "));
    }

    private List<String> accounts(String password, String privileges) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE USER rdsadmin@localhost IDENTIFIED BY " + Quote.literal(password()));
        statements.add("GRANT ALL PRIVILEGES ON *.* TO rdsadmin@localhost WITH GRANT OPTION");
        statements.add("CREATE USER admin@'%' IDENTIFIED BY " + Quote.literal(password));
        if (flavour.hasRoles()) {
            statements.add("SET GLOBAL partial_revokes = ON");
            statements.add("CREATE ROLE rds_superuser_role@'%'");
            statements.add(grant(privileges, "rds_superuser_role@'%'"));
            statements.add(
                    "REVOKE INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER, CREATE TEMPORARY TABLES,"
                            + " LOCK TABLES, CREATE VIEW, CREATE ROUTINE, ALTER ROUTINE, EVENT, TRIGGER"
                            + " ON mysql.* FROM rds_superuser_role@'%'");
            statements.add("GRANT rds_superuser_role@'%' TO admin@'%' WITH ADMIN OPTION");
            statements.add("SET DEFAULT ROLE ALL TO admin@'%'");
        } else {
            statements.add(grant(privileges, "admin@'%'"));
        }
        return statements;
    }

    private static String grant(String privileges, String grantee) {
        return "GRANT " + privileges + " ON *.* TO " + grantee + " WITH GRANT OPTION";
    }

    private List<String> procedures(Dialect dialect) {
        List<String> statements = new ArrayList<>();
        statements.addAll(script("service_state.sql", dialect, ""));
        statements.addAll(script("set_configuration.sql", dialect, ""));
        statements.addAll(script("show_configuration.sql", dialect, ""));
        statements.addAll(script("start_replication.sql", dialect, ""));
        statements.addAll(script("stop_replication.sql", dialect, ""));
        for (String name : flavour.setExternal()) {
            statements.addAll(script("set_external.sql", dialect, name));
        }
        statements.addAll(
                script("set_external_with_auto_position.sql", dialect, flavour.setExternalWithAutoPosition()));
        statements.addAll(script("reset_external.sql", dialect, flavour.resetExternal()));
        return statements;
    }

    private List<String> script(String resource, Dialect dialect, String procedure) {
        Map<String, String> words = new TreeMap<>();
        words.put("procedure", procedure);
        words.put("setExternal", flavour.setExternal().get(0));
        words.put(
                "change", dialect.version().isAtLeast(8, 0, 23) ? "CHANGE REPLICATION SOURCE TO" : "CHANGE MASTER TO");
        words.put("S", dialect.version().isAtLeast(8, 0, 23) ? "SOURCE" : "MASTER");
        words.put("start", dialect.startReplica(""));
        words.put("stop", dialect.stopReplica(""));
        words.put("resetAll", dialect.resetReplica(""));
        words.put("pause", BigDecimal.valueOf(pause.toMillis(), 3).toPlainString());
        return new Script(resource, words).statements();
    }

    /** Of letters and digits only, so that every client and shell takes it. */
    private static String password() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder("Aa1-");
        for (int i = 0; i < 20; i++) {
            password.append((char) ('a' + random.nextInt(26)));
        }
        return password.toString();
    }
}
