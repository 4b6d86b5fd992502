// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every block of Java on every page compiles. What a block may use without saying so is in {@link SnippetGivens}. */
class SnippetsTest {
    @Test
    void everyBlockOfJavaCompiles(@TempDir Path classes) throws IOException {
        List<Snippet> snippets =
                Page.all().stream().flatMap(page -> Snippet.of(page).stream()).toList();
        assertThat(snippets).extracting(Snippet::page).contains("README.md", "docs/monitoring.md");

        assertThat(new SnippetCompiler(classes).faultsOf(snippets)).isEmpty();
    }
}
