// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whoever names no journal has one in the home directory. A build of this project writes nothing there: every Sluice that its tests, its samples and
 * its benchmarks build names its own.
 */
class NamedJournalsTest {
    private static final Path PROJECT = Path.of("..");
    private static final Pattern BUILDER = Pattern.compile("Sluice\\s*\\.\\s*(builder|discover)\\s*\\(\\)[^;]*;");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("\"([^\"\\\\\\n]|\\\\.)*\"");

    /** Gives itself another home directory. */
    private static final String OF_THE_DEFAULT = "JournalOfNobodysChoiceTest.java";

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/"))
                    .filter(file -> !file.endsWith(OF_THE_DEFAULT))
                    .toList();
        }
    }

    private static List<String> unnamed(String source) {
        String code = TEXT.matcher(COMMENT.matcher(source).replaceAll("")).replaceAll("\"\"");
        List<String> found = new ArrayList<>();
        Matcher builder = BUILDER.matcher(code);
        while (builder.find()) {
            if (!builder.group().contains(".journal(")) {
                found.add(builder.group());
            }
        }
        return found;
    }

    @Test
    void everySluiceOfThisProjectNamesItsJournal() throws IOException {
        assertThat(sources())
                .hasSizeGreaterThan(500)
                .allSatisfy(file -> assertThat(unnamed(Files.readString(file)))
                        .as(file.toString())
                        .isEmpty());
    }

    @Test
    void oneThatDoesNotIsFound() {
        assertThat(unnamed("Sluice.builder().engines(e).build();")).hasSize(1);
        assertThat(unnamed("Sluice\n  .discover()\n .build();")).hasSize(1);
        assertThat(unnamed("Sluice.builder().engines(e).journal(j).build();")).isEmpty();
        assertThat(unnamed("/** Sluice.builder().build(); */ // Sluice.builder();\n a(\"Sluice.builder();\");"))
                .isEmpty();
    }
}
