// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo between servers dressed as Amazon's, from its command line to its last line. */
@Timeout(300)
class ManagedDemoIT {
    @Test
    void fromRdsToAurora() throws IOException, InterruptedException {
        DemoProcess demo = DemoProcess.run("--source", "rds", "--replica", "aurora", "--rows", "2000");

        demo.requireSuccess();
        assertThat(demo.said())
                .contains("dressed as rds:8.0", "dressed as aurora:8.0", "CALL mysql.rds_set_external_source");
    }
}
