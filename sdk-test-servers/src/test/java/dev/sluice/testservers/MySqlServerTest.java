// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MySqlServerTest {

    @ParameterizedTest
    @EnumSource(names = "MYSQL_8_0_33", mode = EnumSource.Mode.EXCLUDE)
    void eachReleaseStartsAndSaysItsVersion(MySqlRelease release) {
        try (MySqlServer server = MySqlServer.start(release)) {
            assertThat(server.query("SELECT version()").get(0).get(0)).startsWith(release.version());
        }
    }
}
