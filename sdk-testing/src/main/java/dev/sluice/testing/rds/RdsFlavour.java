// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a dressed server looks like: which procedures it offers, and what its admin account may do. Immutable and thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-replicating.html">AWS: procedures of RDS</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/mysql-stored-proc-replicating.html">AWS: of Aurora</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html">AWS: master user privileges</a>
 */
public enum RdsFlavour {
    /** RDS for MySQL 5.7.44: procedures say {@code master}, the admin account holds its privileges itself. */
    MYSQL_5_7("master", null, List.of()),
    /**
     * RDS for MySQL 8.0 from 8.0.37 on: procedures say {@code master}, one of them {@code source} as well, and the admin account holds a
     * role without the right to write in schema {@code mysql}.
     */
    MYSQL_8_0("master", null, List.of("APPLICATION_PASSWORD_ADMIN", "ROLE_ADMIN", "SET_USER_ID", "XA_RECOVER_ADMIN")),
    /** RDS for MySQL 8.4: procedures say {@code source}, the admin account holds a role. A 9.x server shows it best. */
    MYSQL_8_4(
            "source",
            null,
            List.of(
                    "ALLOW_NONEXISTENT_DEFINER",
                    "APPLICATION_PASSWORD_ADMIN",
                    "FLUSH_PRIVILEGES",
                    "ROLE_ADMIN",
                    "SET_ANY_DEFINER",
                    "XA_RECOVER_ADMIN")),
    /** Aurora MySQL version 2 (5.7), release 2.12: procedures say {@code master}, no way to set {@code gtid_purged}. */
    AURORA_2("master", "5.7.mysql_aurora.2.12.4", List.of()),
    /** Aurora MySQL version 3 (8.0), release 3.08: procedures say {@code source}, the admin account holds a role. */
    AURORA_3(
            "source",
            "8.0.mysql_aurora.3.08.0",
            List.of(
                    "APPLICATION_PASSWORD_ADMIN",
                    "CONNECTION_ADMIN",
                    "ROLE_ADMIN",
                    "SET_USER_ID",
                    "SHOW_ROUTINE",
                    "XA_RECOVER_ADMIN")),
    /** Aurora MySQL 8.4, release 8.4.8: as version 3, with channels. A 9.x server shows it best. */
    AURORA_8_4(
            "source",
            "8.4.mysql_aurora.8.4.8",
            List.of(
                    "ALLOW_NONEXISTENT_DEFINER",
                    "APPLICATION_PASSWORD_ADMIN",
                    "CONNECTION_ADMIN",
                    "FLUSH_PRIVILEGES",
                    "ROLE_ADMIN",
                    "SET_ANY_DEFINER",
                    "SHOW_ROUTINE",
                    "XA_RECOVER_ADMIN"));

    /** What every version grants; no SUPER, FILE, SHUTDOWN, and nothing that administers replication or variables. */
    private static final List<String> PRIVILEGES = List.of(
            "SELECT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "CREATE",
            "DROP",
            "RELOAD",
            "PROCESS",
            "REFERENCES",
            "INDEX",
            "ALTER",
            "SHOW DATABASES",
            "CREATE TEMPORARY TABLES",
            "LOCK TABLES",
            "EXECUTE",
            "REPLICATION SLAVE",
            "REPLICATION CLIENT",
            "CREATE VIEW",
            "SHOW VIEW",
            "CREATE ROUTINE",
            "ALTER ROUTINE",
            "CREATE USER",
            "EVENT",
            "TRIGGER");

    private final String spelling;
    private final @Nullable String auroraEngineVersion;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> dynamicPrivileges;

    RdsFlavour(String spelling, @Nullable String auroraEngineVersion, List<String> dynamicPrivileges) {
        this.spelling = spelling;
        this.auroraEngineVersion = auroraEngineVersion;
        this.dynamicPrivileges = dynamicPrivileges;
    }

    /** Whether it is Aurora, not RDS for MySQL. */
    public boolean isAurora() {
        return auroraEngineVersion != null;
    }

    /** The {@code EngineVersion} that the RDS API shows for Aurora, such as {@code 8.0.mysql_aurora.3.08.0}; empty for RDS for MySQL. */
    public Optional<String> auroraEngineVersion() {
        return Optional.ofNullable(auroraEngineVersion);
    }

    /** What {@code @@aurora_version} shows, such as {@code 3.08.0}; empty for RDS for MySQL, which has no such variable. */
    public Optional<String> auroraVersion() {
        return auroraEngineVersion().map(whole -> whole.substring(whole.indexOf("aurora.") + "aurora.".length()));
    }

    /** {@code master} or {@code source}, as it stands in the names of most procedures. */
    String spelling() {
        return spelling;
    }

    String setExternal() {
        return "rds_set_external_" + spelling;
    }

    String setExternalWithAutoPosition() {
        return setExternal() + "_with_auto_position";
    }

    String resetExternal() {
        return "rds_reset_external_" + spelling;
    }

    boolean hasRoles() {
        return !isSeries57();
    }

    boolean isSeries57() {
        return this == MYSQL_5_7 || this == AURORA_2;
    }

    List<String> privileges() {
        return PRIVILEGES;
    }

    List<String> dynamicPrivileges() {
        return dynamicPrivileges;
    }
}
