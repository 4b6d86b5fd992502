// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrantsTest {
    private static Grants grants(String... lines) {
        return Grants.parse(List.of(lines));
    }

    @Test
    void staticAndDynamicPrivilegesAreFoundInAnyCase() {
        Grants grants = grants(
                "GRANT RELOAD, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `u`@`%`",
                "GRANT BACKUP_ADMIN,XA_RECOVER_ADMIN ON *.* TO `u`@`%`");

        assertThat(grants.has("REPLICATION SLAVE")).isTrue();
        assertThat(grants.has("replication client")).isTrue();
        assertThat(grants.has("XA_RECOVER_ADMIN")).isTrue();
        assertThat(grants.has("REPLICATION")).isFalse();
        assertThat(grants.has("SELECT")).isFalse();
        assertThat(grants.hasAny(List.of("SUPER", "BACKUP_ADMIN"))).isTrue();
        assertThat(grants.hasAny(List.of("SUPER"))).isFalse();
        assertThat(grants.canGrant()).isFalse();
    }

    @Test
    void allPrivilegesAreAllButTheGrantOption() {
        assertThat(grants("GRANT ALL PRIVILEGES ON *.* TO 'root'@'localhost'").has("SUPER"))
                .isTrue();
        assertThat(grants("GRANT ALL PRIVILEGES ON *.* TO 'root'@'localhost'").has("GRANT OPTION"))
                .isFalse();
        assertThat(grants("GRANT ALL PRIVILEGES ON *.* TO 'root'@'localhost' WITH GRANT OPTION")
                        .canGrant())
                .isTrue();
        assertThat(grants("GRANT SELECT ON *.* TO 'root'@'localhost' WITH GRANT OPTION")
                        .has("GRANT OPTION"))
                .isTrue();
    }

    @Test
    void superStandsForWhatReplacedIt() {
        Grants grants = grants("GRANT SUPER ON *.* TO 'u'@'%'");

        assertThat(grants.has("REPLICATION_SLAVE_ADMIN")).isTrue();
        assertThat(grants.has("SYSTEM_VARIABLES_ADMIN")).isTrue();
        assertThat(grants.has("BACKUP_ADMIN")).isFalse();
        assertThat(grants.has("RELOAD")).isFalse();
    }

    @Test
    void grantsOnADatabaseCountThereOnly() {
        Grants grants = grants("GRANT USAGE ON *.* TO `u`@`%`", "GRANT SELECT, LOCK TABLES ON `orders`.* TO `u`@`%`");

        assertThat(grants.hasOn("orders", "SELECT")).isTrue();
        assertThat(grants.hasOn("billing", "SELECT")).isFalse();
        assertThat(grants.has("SELECT")).isFalse();
        assertThat(grants.hasOn("orders", "INSERT")).isFalse();
    }

    @Test
    void databasesInGrantsArePatterns() {
        Grants grants = grants("GRANT SELECT ON `a\\_b`.* TO `u`@`%`", "GRANT INSERT ON `x_%`.* TO `u`@`%`");

        assertThat(grants.hasOn("a_b", "SELECT")).isTrue();
        assertThat(grants.hasOn("axb", "SELECT")).isFalse();
        assertThat(grants.hasOn("x1", "INSERT")).isTrue();
        assertThat(grants.hasOn("x", "INSERT")).isFalse();
    }

    @Test
    void hostileNamesAreRead() {
        Grants grants = grants("GRANT SELECT ON `a`` ON *.*`.* TO `u`@`%`");

        assertThat(grants.hasOn("a` ON *.*", "SELECT")).isTrue();
        assertThat(grants.has("SELECT")).isFalse();
    }

    @Test
    void whatIsGrantedOnEverythingCountsOnADatabaseUnlessItIsRevokedThere() {
        Grants grants = grants("GRANT SELECT, INSERT ON *.* TO `u`@`%`", "REVOKE INSERT ON `mysql`.* FROM `u`@`%`");

        assertThat(grants.hasOn("mysql", "SELECT")).isTrue();
        assertThat(grants.hasOn("mysql", "INSERT")).isFalse();
        assertThat(grants.hasOn("orders", "INSERT")).isTrue();
        assertThat(grants.partlyRevokedOn()).containsExactly("mysql");
    }

    @Test
    void linesAboutRolesProxiesTablesColumnsAndRoutinesGiveNothingOnEverything() {
        Grants grants = grants(
                "GRANT `r1`@`%`,`r2`@`%` TO `u`@`%`",
                "GRANT PROXY ON ''@'' TO 'root'@'localhost' WITH GRANT OPTION",
                "GRANT SELECT ON `orders`.`t` TO `u`@`%`",
                "GRANT SELECT (`a`, `b`), INSERT ON `orders`.`t` TO `u`@`%`",
                "GRANT EXECUTE ON PROCEDURE `orders`.`p` TO `u`@`%`",
                "something else");

        assertThat(grants.has("SELECT")).isFalse();
        assertThat(grants.hasOn("orders", "SELECT")).isFalse();
        assertThat(grants.hasOn("orders", "EXECUTE")).isFalse();
        assertThat(grants.canGrant()).isFalse();
    }
}
