// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.engine;

import static dev.sluice.testing.assertions.SluiceAssertions.assertThat;
import static dev.sluice.testing.assertions.SluiceAssertions.assertThatThrownBy;
import static dev.sluice.testing.assertions.SluiceAssertions.hours;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.Step;
import dev.sluice.core.Sluice;
import dev.sluice.external.ExternalEngine;
import dev.sluice.external.ExternalMySql;
import dev.sluice.testing.MockContext;
import dev.sluice.testing.MockEngine;
import dev.sluice.testing.MockFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs of the sample's engine on mock servers, with another engine on the other side. */
class HarborEngineTest {
    private final ExternalMySql source =
            ExternalMySql.at("db1.example", 3306).credentials("root", Secret.env("NOBODY_ASKS"));
    private final HarborMySql replica = HarborMySql.at("b.harbor.example", "admin", Secret.env("NOBODY_ASKS"));
    private final MockEngine mock = MockEngine.inPlaceOf(new HarborEngine(), ExternalEngine.create());
    private final ReplicationPlan plan = ReplicationPlan.from(source).to(replica);

    @Test
    void aReplicationFromAnotherKindOfServerIsSetUpAndEnded() throws InterruptedException {
        try (Sluice sluice = mock.sluice().build()) {
            assertThat(sluice.compile(plan))
                    .sends("CALL mysql.harbor_set_source('db1.example', 'sluice_repl', <secret>");
            assertThat(sluice.start(sluice.compile(plan)).await()).succeeded().isVerified();
            assertThat(sluice.start(sluice.compile(EndPlan.of(replica))).await())
                    .succeeded();
        }
        assertThat(mock.statements()).contains("CALL mysql.harbor_start()", "CALL mysql.harbor_reset()");
    }

    @Test
    void whatItsProceduresCannotDoIsRefusedBeforeARun() {
        try (Sluice sluice = mock.sluice().build()) {
            ReplicationPlan fromHarbor = ReplicationPlan.from(
                            HarborMySql.at("a.harbor.example", "admin", Secret.env("A")))
                    .to(source)
                    .retainBinlogs(hours(169));
            assertThatThrownBy(() -> sluice.compile(fromHarbor))
                    .isInstanceOf(PlanRejectedException.class)
                    .hasMessageContaining("HARBOR-001");
            assertThatThrownBy(() -> sluice.compile(plan.databases("orders")))
                    .isInstanceOf(PlanRejectedException.class)
                    .hasMessageContaining("has no replication filter");
        }
    }

    /** A look that is content with one half of two is a fault that no contract sees. */
    @Test
    void replicationStandsStillWhenBothHalvesDo() {
        assertThat(stopped("No", "No")).isInstanceOf(Look.Done.class);
        assertThat(stopped("Yes", "No")).isInstanceOf(Look.Missing.class);
        assertThat(stopped("Connecting", "No")).isInstanceOf(Look.Missing.class);
        assertThat(stopped("No", "Yes")).isInstanceOf(Look.Missing.class);
    }

    private Look stopped(String receiver, String applier) {
        Step stop = HarborSteps.ofReplica().stream()
                .filter(step -> step.row() == GuideStep.STOP_REPLICATION)
                .findFirst()
                .orElseThrow();
        Row status = Row.of(Map.of(
                "Source_Host",
                "db1.example",
                "Source_Port",
                "3306",
                "Replica_IO_Running",
                receiver,
                "Replica_SQL_Running",
                applier));
        MockContext context = MockContext.of(
                        PausePlan.stop(replica), MockFacts.mysql80().of(HarborEngine.ID, replica.where()))
                .replicaSession(sql -> List.of(status));
        return stop.look(context.at(stop));
    }

    /** The guide promises that an engine is small: lines that are neither empty, nor comments, nor imports. */
    @Test
    void itHasLessThanTwoHundredLines() throws IOException {
        Path folder = Path.of("src/main/java/dev/sluice/samples/engine");
        long lines = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                List<String> all = Files.readAllLines(file);
                lines += all.stream()
                        .map(String::strip)
                        .filter(HarborEngineTest::isCode)
                        .count();
            }
        }
        assertThat(lines).isBetween(50L, 199L);
    }

    private static boolean isCode(String line) {
        return !line.isEmpty() && !line.matches("(//|/\\*|\\*|import |package |@Override).*");
    }
}
