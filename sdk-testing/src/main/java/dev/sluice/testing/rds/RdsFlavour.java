// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import java.util.List;

/**
 * What a dressed server looks like: which procedures it offers, and what its admin account may do. Immutable and thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-replicating.html">AWS: replication procedures</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html">AWS: master user privileges</a>
 */
public enum RdsFlavour {
    /** RDS for MySQL 5.7: procedures say {@code master}, the admin account holds its privileges itself. */
    MYSQL_5_7(
            List.of("rds_set_external_master"),
            "rds_set_external_master_with_auto_position",
            "rds_reset_external_master",
            List.of()),
    /**
     * RDS for MySQL 8.0 from 8.0.36 on: procedures say {@code master}, one of them {@code source} as well, and the admin account holds a
     * role without the right to write in schema {@code mysql}.
     */
    MYSQL_8_0(
            List.of("rds_set_external_master", "rds_set_external_source"),
            "rds_set_external_master_with_auto_position",
            "rds_reset_external_master",
            List.of("APPLICATION_PASSWORD_ADMIN", "ROLE_ADMIN", "SET_USER_ID", "XA_RECOVER_ADMIN")),
    /** RDS for MySQL 8.4: procedures say {@code source}, the admin account holds a role. A 9.x server shows it best. */
    MYSQL_8_4(
            List.of("rds_set_external_source"),
            "rds_set_external_source_with_auto_position",
            "rds_reset_external_source",
            List.of(
                    "ALLOW_NONEXISTENT_DEFINER",
                    "APPLICATION_PASSWORD_ADMIN",
                    "FLUSH_PRIVILEGES",
                    "ROLE_ADMIN",
                    "SET_ANY_DEFINER",
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

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> setExternal;

    private final String setExternalWithAutoPosition;
    private final String resetExternal;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> dynamicPrivileges;

    RdsFlavour(
            List<String> setExternal,
            String setExternalWithAutoPosition,
            String resetExternal,
            List<String> dynamicPrivileges) {
        this.setExternal = setExternal;
        this.setExternalWithAutoPosition = setExternalWithAutoPosition;
        this.resetExternal = resetExternal;
        this.dynamicPrivileges = dynamicPrivileges;
    }

    List<String> setExternal() {
        return setExternal;
    }

    String setExternalWithAutoPosition() {
        return setExternalWithAutoPosition;
    }

    String resetExternal() {
        return resetExternal;
    }

    boolean hasRoles() {
        return this != MYSQL_5_7;
    }

    List<String> privileges() {
        return PRIVILEGES;
    }

    List<String> dynamicPrivileges() {
        return dynamicPrivileges;
    }
}
