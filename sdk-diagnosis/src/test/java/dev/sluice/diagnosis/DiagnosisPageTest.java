// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/diagnosis.md} and the code say the same, and the tests that it names are there. */
class DiagnosisPageTest {
    private static final Path PAGE = Path.of("..", "docs", "diagnosis.md");
    private static final Path TESTS = Path.of("..", "sdk-external/src/test/java/dev/sluice/external/diagnosis");
    private static final Pattern TEST = Pattern.compile("`(\\w*DiagnosisIT)\\.(\\w+)`");
    private static final String NOT_PROVOKED = "not provoked: ";

    private static List<String> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    private static String beginning(CatalogueRow row) {
        return "| `" + row.id() + "` | " + row.code().id() + " | " + row.code().meaning() + " | " + row.recognisedBy()
                + " | "
                + row.remedyNames().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")) + " | ";
    }

    @Test
    void thePageHasEachRowInOrderAndNoOther() throws IOException {
        assertThat(rows().stream().map(row -> row.substring(0, row.lastIndexOf(" | ", row.length() - 3) + 3)))
                .containsExactlyElementsOf(FailureCatalogue.ROWS.stream()
                        .map(DiagnosisPageTest::beginning)
                        .toList());
    }

    @Test
    void eachRowIsProvokedByATestOrSaysWhyNot() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String row : rows()) {
            String last = row.substring(row.lastIndexOf(" | ", row.length() - 3) + 3);
            Matcher test = TEST.matcher(last);
            while (test.find()) {
                assertThat(TESTS.resolve(test.group(1) + ".java")).content().contains("void " + test.group(2) + "(");
                named.add(row);
            }
            assertThat(named.contains(row) || last.startsWith(NOT_PROVOKED))
                    .as(row)
                    .isTrue();
        }
        assertThat(named).hasSizeGreaterThan(20);
    }
}
