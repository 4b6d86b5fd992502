// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.Scope;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class OldStatisticsIT {
    private static final SharedServers SERVERS = SharedServers.ofThisJvm();

    /** A table that was just filled: its keys would otherwise be built row by row, which takes the replica a third more work. */
    @ParameterizedTest
    @ValueSource(strings = {"5.7", "9"})
    void aTableWhosePagesWereNotCountedYetIsNotTakenForAnEmptyOne(String version) {
        try (Loan source = SERVERS.borrow(MySqlRelease.named(version))) {
            fill(source.server());

            Catalog catalog = Copies.catalog(source.server(), Scope.EVERYTHING);

            TableDefinition table = catalog.tables().get(0);
            assertThat(counted(source.server()))
                    .as("bytes by the server's count")
                    .isLessThan(1 << 20);
            assertThat(table.estimatedRows()).isGreaterThan(250_000);
            assertThat(IndexPlan.of(catalog, IndexTiming.BY_SIZE).of(table).keys())
                    .containsExactly("KEY `v` (`v`)");
        }
    }

    private static void fill(MySqlServer server) {
        server.execute(
                "CREATE DATABASE d",
                "CREATE TABLE d.t (id INT AUTO_INCREMENT PRIMARY KEY, v INT, KEY v (v)) STATS_AUTO_RECALC = 0",
                "INSERT INTO d.t (v) VALUES (1)");
        for (int doubled = 0; doubled < 18; doubled++) {
            server.execute("INSERT INTO d.t (v) SELECT v + id FROM d.t");
        }
    }

    private static long counted(MySqlServer server) {
        return Long.parseLong(server.query("SELECT clustered_index_size * @@innodb_page_size"
                        + " FROM mysql.innodb_table_stats WHERE database_name = 'd' AND table_name = 't'")
                .get(0)
                .get(0));
    }
}
