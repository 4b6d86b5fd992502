// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.core.mysql.Quote;
import dev.sluice.testservers.MySqlServer;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Dresses real servers as RDS for MySQL or Aurora MySQL: the documented procedures with their arguments, texts and quirks, RDS's own tables, and an admin
 * account with the privileges that AWS grants and no others.
 *
 * <pre>{@code
 * try (MySqlServer server = MySqlServer.start(MySqlRelease.MYSQL_8_0_31)) {
 *     DressedServer rds = RdsDressing.as(RdsFlavour.MYSQL_8_0).dress(server);
 *     try (Connection admin = rds.connectAsAdmin()) { … }
 * }
 * }</pre>
 *
 * <p>What a stock server cannot be made to say is said only {@linkplain #behindFront behind a front}. Where documents leave something open,
 * {@link #with} shows the other behaviour. Nothing of the dressing goes to the binary log. SSL material that is imported is kept in a table
 * and not used: encryption without verification is all that a dressed replica does. Immutable and thread-safe.
 */
public final class RdsDressing {
    /** How long procedures wait before they look what became of replication, where nothing else is said; RDS waits 2 s. */
    public static final Duration DEFAULT_PAUSE = Duration.ofMillis(500);

    private static final String ADMIN = "admin";

    /** What such servers' replicas show without anybody having set it; a restart of the server below loses it. */
    static final String OWN_FILTER = "CHANGE REPLICATION FILTER REPLICATE_IGNORE_TABLE = (mysql.rds_history,"
            + " mysql.rds_monitor, mysql.rds_replication_status, mysql.rds_sysinfo, innodb_memcache.cache_policies,"
            + " innodb_memcache.config_options)";

    private final RdsFlavour flavour;
    private final Duration pause;
    private final Set<Unverified> switches;

    private final boolean front;

    private RdsDressing(RdsFlavour flavour, Duration pause, Set<Unverified> switches, boolean front) {
        this.flavour = flavour;
        this.pause = pause;
        this.switches = switches;
        this.front = front;
    }

    /** Dresses servers like this. */
    public static RdsDressing as(RdsFlavour flavour) {
        return new RdsDressing(flavour, DEFAULT_PAUSE, Set.of(), false);
    }

    /**
     * Lets procedures that start, stop and reset replication wait so long before they look what became of it. A receiver that is still
     * connecting by then counts as an error.
     */
    public RdsDressing pausing(Duration time) {
        return new RdsDressing(flavour, time, switches, front);
    }

    /** Shows the other behaviour where AWS's documents leave one open. */
    public RdsDressing with(Unverified first, Unverified... more) {
        Set<Unverified> all = EnumSet.of(first, more);
        all.addAll(switches);
        return new RdsDressing(flavour, pause, Set.copyOf(all), front);
    }

    /**
     * Puts a front before the server, which answers to the admin account what a stock server cannot be made to say: {@code FLUSH TABLES WITH
     * READ LOCK} is refused though the account holds RELOAD, Aurora shows {@code aurora_version} and its fixed variables, RDS its
     * {@code basedir}. The address of the dressed server is the front's then, and whoever dresses it closes it.
     */
    public RdsDressing behindFront() {
        return new RdsDressing(flavour, pause, switches, true);
    }

    /** Dresses a server that is not dressed yet. {@code wipe()} takes the dress off again, a restart does not. */
    public DressedServer dress(MySqlServer server) {
        String password = password();
        List<String> statements = new ArrayList<>(List.of("SET SESSION sql_log_bin = 0"));
        statements.addAll(variables());
        statements.addAll(accounts(password, privileges(server)));
        statements.addAll(tables());
        statements.addAll(procedures(server));
        statements.add(OWN_FILTER);
        server.execute(statements.toArray(String[]::new));
        return new DressedServer(server, flavour, ADMIN, password, front(server));
    }

    /**
     * Changes the clothes of a server that was started on a copy of a dressed server's data, as a migration from RDS to Aurora does: the
     * procedures and tables of the old flavour go, those of this one come, accounts and passwords stay. Whoever asks closes its front.
     */
    public DressedServer migrate(DressedServer original, MySqlServer copy) {
        List<String> statements = new ArrayList<>(List.of("SET SESSION sql_log_bin = 0"));
        statements.addAll(undressing(copy));
        statements.addAll(variables());
        statements.addAll(tables());
        statements.addAll(procedures(copy));
        statements.add(OWN_FILTER);
        copy.execute(statements.toArray(String[]::new));
        return new DressedServer(copy, flavour, original.adminUser(), original.adminPassword(), front(copy));
    }

    private static List<String> undressing(MySqlServer server) {
        List<String> statements = new ArrayList<>();
        server.query("SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES"
                        + " WHERE ROUTINE_SCHEMA = 'mysql' AND ROUTINE_NAME LIKE 'rds\\_%'")
                .forEach(row -> statements.add("DROP " + row.get(0) + " mysql." + row.get(1)));
        server.query("SELECT TABLE_NAME FROM information_schema.TABLES"
                        + " WHERE TABLE_SCHEMA = 'mysql' AND TABLE_NAME LIKE 'rds\\_%'")
                .forEach(row -> statements.add("DROP TABLE mysql." + row.get(0)));
        return statements;
    }

    private @Nullable AdminFront front(MySqlServer server) {
        return front ? AdminFront.before(server, new AdminRules(flavour, switches, ADMIN)) : null;
    }

    /** Channels need tables on 5.7, which a restart falls back from; Aurora v3 applies without parallel workers. */
    private List<String> variables() {
        if (flavour.isSeries57()) {
            return List.of(
                    "SET GLOBAL master_info_repository = 'TABLE'", "SET GLOBAL relay_log_info_repository = 'TABLE'");
        }
        return flavour == RdsFlavour.AURORA_3 ? List.of("SET PERSIST slave_parallel_workers = 0") : List.of();
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

    private List<String> tables() {
        List<String> statements = new ArrayList<>(new Script("tables.sql", Map.of()).statements());
        if (!switches.contains(Unverified.HEART_HAS_NOT_BEATEN)) {
            statements.add("INSERT INTO mysql.rds_heartbeat2 (id, value) VALUES (1, UNIX_TIMESTAMP() * 1000)");
        }
        if (!flavour.isAurora() && !delaysAreUnknown()) {
            statements.addAll(new Script("delays.sql", Map.of()).statements());
        }
        return statements;
    }

    private boolean delaysAreUnknown() {
        return !flavour.isSeries57() && switches.contains(Unverified.DELAYS_ARE_UNKNOWN_TO_CONFIGURATION);
    }

    private List<String> procedures(MySqlServer server) {
        Map<String, String> general = words(server);
        List<String> statements = new ArrayList<>(new Script("service_state.sql", general).statements());
        for (Procedure procedure : new Procedures(flavour, switches).all()) {
            Map<String, String> words = new TreeMap<>(general);
            words.putAll(procedure.words());
            words.put("procedure", procedure.name());
            statements.addAll(new Script(procedure.resource(), words).statements());
        }
        return statements;
    }

    private Map<String, String> words(MySqlServer server) {
        ServerVersion version = version(server);
        boolean replica = version.isAtLeast(8, 0, 22);
        boolean source = version.isAtLeast(8, 0, 23);
        boolean variables = version.isAtLeast(8, 0, 26);
        boolean newTexts = switches.contains(Unverified.TEXTS_SAY_REPLICA);
        Map<String, String> words = new TreeMap<>();
        words.put("setExternal", flavour.setExternal());
        words.put("change", source ? "CHANGE REPLICATION SOURCE TO" : "CHANGE MASTER TO");
        words.put("S", source ? "SOURCE" : "MASTER");
        words.put("SLAVE", replica ? "REPLICA" : "SLAVE");
        words.put("workers", variables ? "replica_parallel_workers" : "slave_parallel_workers");
        words.put("skipCounter", variables ? "sql_replica_skip_counter" : "sql_slave_skip_counter");
        words.put("said", newTexts ? "Replica" : "Slave");
        words.put("SAID", newTexts ? "REPLICA" : "SLAVE");
        words.put("pause", BigDecimal.valueOf(pause.toMillis(), 3).toPlainString());
        words.put("encryptedOnly", Boolean.toString(hasTls(server)));
        words.put("keyAccepted", keyAccepted());
        words.put(
                "verifying",
                switches.contains(Unverified.SOURCE_SSL_IS_VERIFIED)
                        ? "', SOURCE_SSL_VERIFY_SERVER_CERT = ', ssl_mode,"
                        : "");
        return words;
    }

    private static ServerVersion version(MySqlServer server) {
        return ServerVersion.parse(
                String.valueOf(server.query("SELECT VERSION()").get(0).get(0)));
    }

    /** Servers from 8.4 on do not tell, and have it. */
    private static boolean hasTls(MySqlServer server) {
        return server.query("SHOW GLOBAL VARIABLES LIKE 'have_ssl'").stream().allMatch(row -> "YES".equals(row.get(1)));
    }

    private String keyAccepted() {
        String pkcs1 = "v_key LIKE '-----BEGIN RSA PRIVATE KEY-----%'";
        return switches.contains(Unverified.PKCS8_KEY_ACCEPTED)
                ? pkcs1 + " OR v_key LIKE '-----BEGIN PRIVATE KEY-----%'"
                : pkcs1;
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
