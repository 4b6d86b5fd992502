// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MySqlServerTest {

    @ParameterizedTest
    @EnumSource(names = "MYSQL_8_0_33", mode = EnumSource.Mode.EXCLUDE)
    void eachReleaseStartsAndSaysItsVersion(MySqlRelease release) {
        long t0=System.nanoTime();
        assertThat(release.availability()).isEmpty();
        long t1=System.nanoTime();
        try (MySqlServer server = MySqlServer.start(release)) {
            long t2=System.nanoTime();
            assertThat(server.query("SELECT version()").get(0).get(0)).startsWith(release.version());
            long t3=System.nanoTime();
            server.wipe();
            long t4=System.nanoTime();
            System.out.println(release+" avail "+(t1-t0)/1000000+" start "+(t2-t1)/1000000+" query "+(t3-t2)/1000000+" wipe "+(t4-t3)/1000000);
        }
    }
}
