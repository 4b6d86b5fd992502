// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.samples.Program;
import dev.sluice.testing.load.Shop;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class QuickStartIT {
    @TempDir
    Path folder;

    @Test
    void makesAReplicaThatFollows() throws Exception {
        try (Loan source = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, ServerOptions::gtid);
                Loan replica = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, ServerOptions::gtid)) {
            Shop.open(source.server());

            try (Program program = start(environment(source.server(), replica.server()))) {
                assertThat(program.exit()).as(program.said()).isZero();
                assertThat(program.said())
                        .contains(
                                "CHANGE REPLICATION SOURCE TO",
                                "Verify the replica",
                                "30 rows copied, 1 tables compared, 0 mismatches")
                        .doesNotContain(
                                source.server().rootPassword(), replica.server().rootPassword());
            }
            assertThat(Shop.stock(replica.server())).isEqualTo(Shop.stock(source.server()));
        }
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        try (Program program = start(Map.of("SOURCE_HOST", "127.0.0.1"))) {
            assertThat(program.exit()).isEqualTo(1);
            assertThat(program.said()).contains("Set the environment variable SOURCE_USER");
        }
    }

    private Program start(Map<String, String> environment) throws IOException {
        return Program.start(QuickStart.class, folder, environment);
    }

    private static Map<String, String> environment(MySqlServer source, MySqlServer replica) {
        Map<String, String> environment = new HashMap<>(Map.of("DATABASES", "shop"));
        Map.of("SOURCE", source, "REPLICA", replica).forEach((role, server) -> {
            environment.put(role + "_HOST", server.host());
            environment.put(role + "_PORT", Integer.toString(server.port()));
            environment.put(role + "_USER", server.rootUser());
            environment.put(role + "_PASSWORD", server.rootPassword());
        });
        return environment;
    }
}
