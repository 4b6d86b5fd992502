// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.core.Sluice;
import dev.sluice.external.ExternalEngine;
import dev.sluice.external.ExternalMySql;
import dev.sluice.testing.MockEngine;
import dev.sluice.testing.MockFacts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreviewTextTest {
    private static ExternalMySql server(String host) {
        return ExternalMySql.at(host, 3306).credentials("migrator", Secret.env("PASSWORD"));
    }

    private static CompiledPlan compiled() {
        ExternalMySql source = server("db1.corp.example");
        MockEngine mock = MockEngine.inPlaceOf(ExternalEngine.create())
                .facts(source, MockFacts.mysql80().variable("binlog_expire_logs_seconds", "86400"));
        try (Sluice sluice = mock.sluice().build()) {
            return sluice.compile(
                    ReplicationPlan.from(source).to(server("db2.corp.example")).retainBinlogs(Duration.ofHours(144)));
        }
    }

    @Test
    void aFirstViewerSeesEachStepWithItsStatementsOnOneScreen() {
        List<String> lines = new PreviewText(compiled()).lines();

        assertThat(lines)
                .hasSizeLessThan(50)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(122).isEqualTo(line.stripTrailing()))
                .containsSubsequence(
                        "  Replicate db1.corp.example:3306 to db2.corp.example:3306",
                        "   1. Enable binary logging on the source",
                        "   2. Retain binary logs on the source",
                        "        SET PERSIST binlog_expire_logs_seconds = 518400",
                        "  10. Verify the replica");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("        nothing to do: Binary logging is on"))
                .anyMatch(line -> line.startsWith("        CREATE USER 'sluice_repl'@'db2.corp.example'"))
                .anyMatch(line -> line.startsWith("        CHANGE REPLICATION SOURCE TO") && line.endsWith(" …"))
                .anyMatch(line -> line.matches("        copy structure and rows of .* \\(\\d+ statements\\)"));
    }
}
