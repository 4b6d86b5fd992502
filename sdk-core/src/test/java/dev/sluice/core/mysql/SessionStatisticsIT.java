// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static dev.sluice.core.mysql.RealServers.connector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No session is shown the statistics that 8.0 and later keep for a day. */
@Timeout(120)
class SessionStatisticsIT {
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void statisticsAreThoseOfNow(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);

        for (SessionUse use : SessionUse.values()) {
            try (MySqlSession session = connector(server).build().open(use)) {
                assertThat(session.queryValue("SELECT @@SESSION.information_schema_stats_expiry"))
                        .as(use.name())
                        .contains("0");
            }
        }
    }
}
