// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that are planted on a page are found, and told with their place. */
class SnippetCompilerTest {
    private static final String PAGE = """
            # A page

            ```java
            CompiledPlan compiled = sluice.compile(plan);
            compiled.explane();
            ```

            - In a list:

              ```java
              var replica = AuroraMySql.cluster("orders").region("eu-west-1").credentials("admin", Secret.env("A"));
              ReplicationPlan other = ReplicationPlan.from(replica).to(source, AuroraOption.safetySnapshot());
              ```

            <!-- snippet: given int hours -->
            ```java
            log.info("{}", plan.retainBinlogs(Duration.ofHours(hours)));
            ```

            ```java
            /** A file. */
            public final class Backwards {
                int hours = "6";
            }
            ```

            <!-- snippet: members -->
            ```java
            @Deprecated
            int hours() {
                return minutes;
            }
            ```

            <!-- snippet: not compiled: it shows what does not compile -->
            ```java
            source.to(replica);
            ```

            ```java spring
            @RestController class Runs {}
            ```
            """;

    @TempDir
    private Path classes;

    private List<String> faultsOf(String text) throws IOException {
        return new SnippetCompiler(classes).faultsOf(Snippet.of(Page.of("docs/page.md", text)));
    }

    @Test
    void eachFaultIsToldWithItsPlace() throws IOException {
        assertThat(faultsOf(PAGE))
                .hasSize(4)
                .anySatisfy(fault ->
                        assertThat(fault).startsWith("docs/page.md:5: ").contains("explane"))
                .anySatisfy(fault -> assertThat(fault).startsWith("docs/page.md:12: "))
                .anySatisfy(fault -> assertThat(fault).startsWith("docs/page.md:23: "))
                .anySatisfy(fault ->
                        assertThat(fault).startsWith("docs/page.md:31: ").contains("minutes"));
    }

    @Test
    void aBlockWithoutItsEndIsToldWithItsLastLine() throws IOException {
        assertThat(faultsOf("```java\nif (plan.allows(Consent.PLAIN_TEXT)) {\nrun.cancel();\n```\n"))
                .singleElement()
                .satisfies(fault -> assertThat(fault).startsWith("docs/page.md:3: "));
    }

    @Test
    void classesOfTheSameNameAreNotInEachOthersWay() throws IOException {
        String unit = "```java\nimport java.util.List;\n\npublic record Case(List<String> names) {}\n```\n\n";

        assertThat(faultsOf(unit + unit)).isEmpty();
    }

    @Test
    void whatACommentSaysMustBeUnderstood() {
        for (String note : List.of("not compiled", "not compiled:", "skip", "gives int hours")) {
            Page page = Page.of("docs/page.md", "<!-- snippet: " + note + " -->\n```java\nhours++;\n```\n");
            assertThatThrownBy(() -> Snippet.of(page)).as(note).hasMessageContaining("snippet");
        }
    }

    @Test
    void anUnknownKindOfBlockIsToldWithItsPlace() {
        Page page = Page.of("docs/page.md", "```java sprint\nhours++;\n```\n");

        assertThatThrownBy(() -> Snippet.of(page))
                .hasMessageContaining("docs/page.md:2")
                .hasMessageContaining("sprint");
    }
}
