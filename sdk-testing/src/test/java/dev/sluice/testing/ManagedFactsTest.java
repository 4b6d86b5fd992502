// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.testing.rds.RdsFlavour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mock servers have what servers are dressed with, so that a plan which works on the one compiles on the other. */
class ManagedFactsTest {
    private static final Path CATALOGUE = Path.of("src/test/resources/dev/sluice/testing/rds/catalogue.txt");

    private static List<String> documented(RdsFlavour flavour) throws IOException {
        return Files.readAllLines(CATALOGUE).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| "))
                .filter(row -> List.of(row[2].split(" ")).contains(flavour.name()))
                .filter(row -> !row[0].endsWith("_for_channel"))
                .map(row -> row[0] + " " + row[1])
                .toList();
    }

    @Test
    void procedures() throws IOException {
        Map<RdsFlavour, MockFacts> all = Map.of(
                RdsFlavour.MYSQL_5_7, MockFacts.rds57(),
                RdsFlavour.MYSQL_8_0, MockFacts.rds80(),
                RdsFlavour.MYSQL_8_4, MockFacts.rds84(),
                RdsFlavour.AURORA_2, MockFacts.aurora2(),
                RdsFlavour.AURORA_3, MockFacts.aurora3(),
                RdsFlavour.AURORA_8_4, MockFacts.aurora84());

        assertThat(all).containsOnlyKeys(RdsFlavour.values());
        for (Map.Entry<RdsFlavour, MockFacts> one : all.entrySet()) {
            assertThat(one.getValue()
                            .of(new EngineId("any"), new ServerAddress("db", 3306))
                            .routines())
                    .extracting(routine ->
                            routine.name() + " " + routine.parameters().size())
                    .as("procedures of %s", one.getKey())
                    .containsExactlyInAnyOrderElementsOf(documented(one.getKey()));
        }
    }
}
