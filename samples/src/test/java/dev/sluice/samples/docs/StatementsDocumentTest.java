// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.Engine;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.external.ExternalEngine;
import dev.sluice.rds.RdsEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/statements-*.md} show every step on every kind of server, with the statements that it issues. After a wanted change run it with
 * {@code -Dsluice.docs.write=true} and read the difference.
 */
class StatementsDocumentTest {
    private static final String CORE = "core";

    private final DocumentedPlans plans = new DocumentedPlans();

    @AfterEach
    void close() {
        plans.close();
    }

    private StepTexts texts(List<StepCase> cases, Predicate<DocumentedServer> servers) {
        StepTexts texts = new StepTexts(plans);
        for (StepCase one : cases) {
            Arrays.stream(DocumentedServer.values()).filter(servers).forEach(server -> texts.add(one, server));
        }
        return texts;
    }

    private StatementsPage page(DocumentedServer.Kind kind, List<StepCase> cases) {
        return new StatementsPage(
                texts(cases, server -> server.kind() == kind),
                told -> !told.engine().equals(CORE),
                servers -> servers.stream()
                        .map(label -> label.substring(label.indexOf('-') + 1))
                        .collect(Collectors.joining(", ")));
    }

    /** Version 2 of Aurora does the same as the others, in plans about everything. */
    private StatementsPage corePage() {
        List<DocumentedServer> all = Stream.of(DocumentedServer.values())
                .filter(server -> server != DocumentedServer.AURORA_2)
                .toList();
        return new StatementsPage(
                texts(StepCases.ofCore(), all::contains),
                told -> told.engine().equals(CORE),
                servers -> servers.size() == all.size() ? "all kinds of servers" : String.join(", ", servers));
    }

    private Map<String, StatementsPage> pages() {
        return Map.of(
                "docs/statements-external.md", page(DocumentedServer.Kind.EXTERNAL, StepCases.ofExternal()),
                "docs/statements-rds.md", page(DocumentedServer.Kind.RDS, StepCases.ofRds()),
                "docs/statements-aurora.md", page(DocumentedServer.Kind.AURORA, StepCases.ofAurora()),
                "docs/statements-core.md", corePage());
    }

    @Test
    void thePagesShowWhatStepsSayThatTheyDo() throws IOException {
        for (Map.Entry<String, StatementsPage> page : pages().entrySet()) {
            Generated generated = new Generated(page.getKey(), StatementsDocumentTest.class);
            List<String> written = List.of(page.getValue().render());
            generated.write(written);

            assertThat(generated.parts()).as(page.getKey()).isEqualTo(written);
        }
    }

    /** A row without a case would be missing, and nobody would see it. */
    @Test
    void everyRowOfTheGuideIsOnAPage() {
        Collection<StatementsPage> pages = pages().values();

        for (GuideStep row : GuideStep.values()) {
            assertThat(pages).as(row.title()).anyMatch(page -> page.does(row));
        }
    }

    /** Every step that an engine has for a row is on that engine's page. */
    @Test
    void everyStepOfEveryEngineIsOnItsPage() {
        Map<String, StatementsPage> pages = pages();
        assertThat(rowsWithoutStatements(pages.get("docs/statements-external.md"), ExternalEngine.create()))
                .isEmpty();
        assertThat(rowsWithoutStatements(pages.get("docs/statements-rds.md"), RdsEngine.create()))
                .isEmpty();
        assertThat(rowsWithoutStatements(pages.get("docs/statements-aurora.md"), AuroraEngine.create()))
                .isEmpty();
    }

    private static List<GuideStep> rowsWithoutStatements(StatementsPage page, Engine engine) {
        List<GuideStep> rows = new ArrayList<>();
        Stream.of(engine.sourceSteps(), engine.replicaSteps(), engine.tableCopySteps())
                .flatMap(List::stream)
                .map(step -> step.row())
                .filter(row -> !page.does(row))
                .forEach(rows::add);
        return rows;
    }
}
