// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.Plan;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What guides show of a plan's preview is what the plan on the very page explains. After a wanted change run it with
 * {@code -Dsluice.docs.write=true} and read the difference.
 */
class GuidePreviewTest {
    @Test
    void guidesShowWhatTheirPlansExplain(@TempDir Path classes) throws Exception {
        List<Page> pages = Page.all();
        List<Snippet> plans = pages.stream()
                .flatMap(page -> Snippet.of(page).stream())
                .filter(snippet -> snippet.note().preview().isPresent())
                .toList();
        assertThat(plans).hasSizeGreaterThan(4);
        assertThat(new SnippetCompiler(classes).faultsOf(plans)).isEmpty();

        try (URLClassLoader compiled =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, GuidePreviewTest.class.getClassLoader())) {
            for (Page page : pages) {
                check(page.path(), explained(page, plans, compiled));
            }
        }
    }

    private static List<String> explained(Page page, List<Snippet> plans, ClassLoader compiled) throws Exception {
        List<String> texts = new ArrayList<>();
        try (DocumentedPlans documented = new DocumentedPlans()) {
            for (Snippet snippet : plans) {
                if (snippet.page().equals(page.path())) {
                    texts.add("```text\n" + explained(snippet, documented, compiled) + "```\n");
                }
            }
        }
        return texts;
    }

    private static String explained(Snippet snippet, DocumentedPlans documented, ClassLoader compiled)
            throws Exception {
        Callable<?> giver = (Callable<?>) compiled.loadClass(SnippetSource.classOf(snippet))
                .getDeclaredConstructor()
                .newInstance();
        try {
            return Abbreviation.of(documented
                    .compile((Plan) giver.call(), snippet.note().preview().orElseThrow())
                    .explain()
                    .text());
        } catch (PlanRejectedException refused) {
            throw new AssertionError(snippet.at(1) + ": the plan is refused", refused);
        }
    }

    private static void check(String page, List<String> texts) throws IOException {
        Generated generated = new Generated(page, GuidePreviewTest.class);
        generated.write(texts);
        assertThat(generated.parts()).as(page).isEqualTo(texts);
    }
}
