// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.samples.managed.ManagedServers.Member;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the admin account of a managed server holds, as its own session sees it with all roles active.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html">AWS: master user privileges</a>
 */
final class AdminGrants {
    private static final Pattern ON_EVERYTHING =
            Pattern.compile("GRANT (.+) ON \\*\\.\\* TO .admin.@.%.( WITH GRANT OPTION)?");
    private static final String ROLE = "GRANT `rds_superuser_role`@`%` TO `admin`@`%` WITH ADMIN OPTION";
    private static final Set<String> ON_ALL_SERVERS = Set.of(
            "ALTER",
            "ALTER ROUTINE",
            "CREATE",
            "CREATE ROUTINE",
            "CREATE TEMPORARY TABLES",
            "CREATE USER",
            "CREATE VIEW",
            "DELETE",
            "DROP",
            "EVENT",
            "EXECUTE",
            "INDEX",
            "INSERT",
            "LOCK TABLES",
            "PROCESS",
            "REFERENCES",
            "RELOAD",
            "REPLICATION CLIENT",
            "REPLICATION SLAVE",
            "SELECT",
            "SHOW DATABASES",
            "SHOW VIEW",
            "TRIGGER",
            "UPDATE");
    private static final List<String> ON_RDS_8_0 =
            List.of("APPLICATION_PASSWORD_ADMIN", "ROLE_ADMIN", "SET_USER_ID", "XA_RECOVER_ADMIN");
    private static final List<String> ON_RDS_8_4 = List.of(
            "ALLOW_NONEXISTENT_DEFINER",
            "APPLICATION_PASSWORD_ADMIN",
            "FLUSH_PRIVILEGES",
            "ROLE_ADMIN",
            "SET_ANY_DEFINER",
            "XA_RECOVER_ADMIN");
    private static final List<String> ON_AURORA_TOO = List.of("CONNECTION_ADMIN", "SHOW_ROUTINE");

    private AdminGrants() {}

    /** That the account with which Sluice works on a managed server has what AWS grants there and nothing else. */
    static void requireExactly(Member member) throws SQLException {
        if (member.dressed().isPresent()) {
            requireExactly(member.dressed().get());
        }
    }

    static void requireExactly(DressedServer server) throws SQLException {
        Set<String> held = new TreeSet<>();
        List<String> others = new ArrayList<>();
        for (String line : shown(server)) {
            Matcher everything = ON_EVERYTHING.matcher(line);
            if (everything.matches()) {
                held.addAll(Arrays.asList(everything.group(1).split(", ?")));
            } else {
                others.add(line);
            }
        }
        assertThat(held).containsExactlyInAnyOrderElementsOf(documented(server.flavour()));
        if (server.flavour() == RdsFlavour.MYSQL_5_7 || server.flavour() == RdsFlavour.AURORA_2) {
            assertThat(others).isEmpty();
        } else {
            assertThat(others)
                    .allSatisfy(
                            line -> assertThat(line)
                                    .satisfiesAnyOf(
                                            role -> assertThat(role).isEqualTo(ROLE),
                                            revoke -> assertThat(revoke)
                                                    .matches(
                                                            "REVOKE .*\\bINSERT, UPDATE, DELETE\\b.* ON `mysql`\\.\\* FROM .*")))
                    .hasSize(2);
        }
    }

    private static List<String> shown(DressedServer server) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection admin = server.connectAsAdmin();
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("SHOW GRANTS")) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    /** Of those the ones that the server below knows. */
    private static Set<String> documented(RdsFlavour flavour) {
        Set<String> all = new TreeSet<>(ON_ALL_SERVERS);
        switch (flavour) {
            case MYSQL_5_7, AURORA_2 -> {}
            case MYSQL_8_0, AURORA_3 -> all.addAll(ON_RDS_8_0);
            case MYSQL_8_4, AURORA_8_4 -> all.addAll(ON_RDS_8_4);
        }
        if (flavour == RdsFlavour.AURORA_3 || flavour == RdsFlavour.AURORA_8_4) {
            all.addAll(ON_AURORA_TOO);
        }
        return all;
    }
}
