// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo between more kinds and versions, each at least once on either side. */
@Timeout(300)
@Tag("long")
class ManagedDemoKindsIT {
    @ParameterizedTest
    @CsvSource({
        "external:5.7, aurora:5.7, --position",
        "aurora:5.7, rds:5.7, --position",
        "rds:5.7, external:8.0, --gtid",
        "external, rds, --gtid",
        "aurora, external, --gtid",
        "rds:8.4, aurora:8.4, --gtid",
        "aurora:8.4, rds:8.4, --position"
    })
    void endsWell(String source, String replica, String follow) throws IOException, InterruptedException {
        DemoProcess.run("--source", source, "--replica", replica, "--rows", "2000", follow)
                .requireSuccess();
    }

    /** No document names the procedure by which RDS 8.4 could be told which GTIDs a snapshot holds. */
    @Test
    void whatCannotWorkIsSaidInOneLine() throws IOException, InterruptedException {
        DemoProcess demo = DemoProcess.run("--source", "rds:8.4", "--replica", "rds:8.4", "--rows", "2000", "--gtid");

        assertThat(demo.exit()).isEqualTo(1);
        assertThat(demo.said().strip().lines().reduce((first, last) -> last))
                .hasValueSatisfying(
                        last -> assertThat(last).startsWith("DEMO FAILED").contains("RDS-201"));
    }
}
