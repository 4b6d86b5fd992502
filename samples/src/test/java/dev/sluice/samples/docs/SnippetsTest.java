// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every block of Java on every page compiles, and the tests among them pass. What a block may use without saying so is in {@link SnippetGivens}. */
class SnippetsTest {
    @Test
    void everyBlockOfJavaCompilesAndItsTestsPass(@TempDir Path classes) throws Exception {
        List<Snippet> snippets =
                Page.all().stream().flatMap(page -> Snippet.of(page).stream()).toList();
        assertThat(snippets).extracting(Snippet::page).contains("README.md", "docs/monitoring.md");

        assertThat(new SnippetCompiler(classes).faultsOf(snippets)).isEmpty();

        List<String> tests = new SnippetRunner(classes).passed();
        assertThat(tests).contains("OrdersPlanTest.keepsTheLogsLongEnoughAndInterruptsNobody");
    }
}
