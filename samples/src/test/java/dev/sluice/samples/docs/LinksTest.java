// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every link between pages points at something that is there. */
class LinksTest {
    @Test
    void everyLinkOfEveryPageHasItsTarget() throws IOException {
        List<Page> pages = Page.all();
        Links links = new Links(Path.of(".."), pages);
        assertThat(pages).extracting(Page::path).contains("README.md", "docs/architecture.md", "docs/adr/README.md");

        assertThat(pages.stream().flatMap(page -> links.faultsOf(page).stream()))
                .isEmpty();
    }

    /** Decisions have an index of their own. */
    @Test
    void everyPageIsInTheIndex() throws IOException {
        List<Page> pages = Page.all();
        Page index = pages.stream()
                .filter(page -> page.path().equals("docs/README.md"))
                .findFirst()
                .orElseThrow();

        assertThat(Links.targetsOf(index))
                .containsAll(pages.stream()
                        .map(Page::path)
                        .filter(path -> path.startsWith("docs/") && !path.startsWith("docs/adr/0"))
                        .filter(path -> !path.equals(index.path()))
                        .toList());
    }

    @Test
    void eachFaultIsToldWithItsPlace(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("docs/guides"));
        Files.writeString(root.resolve("docs/other.md"), "");
        Files.writeString(root.resolve("docs/guides/page.md"), "");
        Files.writeString(root.resolve("LICENSE"), "");
        Page other = Page.of("docs/other.md", """
                # Notes, `code()` and *more*

                ## Notes
                ## Notes
                <a id="by-hand"></a>
                """);
        Page page = Page.of("docs/guides/page.md", """
                # A page

                [to](../other.md#notes-code-and-more), [it](../other.md#notes-1), [by hand](../other.md#by-hand),
                [here](#a-page), [licence](../../LICENSE), [folder](../guides), [elsewhere](https://example.com/x#y)

                | a | b |
                |---|---|
                | [gone](../gone.md) | [no heading](../other.md#note) |

                [root](/docs/other.md), [out](../../../LICENSE)
                and [not here](#page).
                """);

        assertThat(new Links(root, List.of(page, other)).faultsOf(page))
                .containsExactly(
                        "docs/guides/page.md:8: there is no ../gone.md",
                        "docs/guides/page.md:8: there is no heading for ../other.md#note",
                        "docs/guides/page.md:10: there is no /docs/other.md",
                        "docs/guides/page.md:10: there is no ../../../LICENSE",
                        "docs/guides/page.md:11: there is no heading for #page");
    }
}
