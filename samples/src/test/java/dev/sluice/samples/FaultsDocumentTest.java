// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of {@code docs/faults.md} names tests that exist and codes that exist, and no test of a fault is missing there. */
class FaultsDocumentTest {
    private static final Path PROJECT = Path.of("..");
    private static final Path DOCUMENT = PROJECT.resolve("docs/faults.md");
    private static final int CELLS = 5;
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:IT|Test))\\.(\\w+)`");
    private static final Pattern CODE = Pattern.compile("\\b(?:CORE|EXT|RDS|AWS|AUR)-\\d{3}\\b");
    private static final Pattern METHOD =
            Pattern.compile("@(?:Parameterized)?Test\\b.*?\\bvoid (\\w+)\\(", Pattern.DOTALL);

    private static List<String> rows() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| fault"))
                .toList();
    }

    private static String lastCell(String row) {
        String[] cells = row.split("\\|");
        return cells[cells.length - 1];
    }

    /** The test methods of each test class of the project, by its simple name. */
    private static Map<String, Set<String>> tests() throws IOException {
        Map<String, Set<String>> tests = new TreeMap<>();
        for (Path source : testSources()) {
            String name = source.getFileName().toString().replace(".java", "");
            Matcher method = METHOD.matcher(Files.readString(source));
            while (method.find()) {
                tests.computeIfAbsent(name, unknown -> new TreeSet<>()).add(method.group(1));
            }
        }
        return tests;
    }

    private static List<Path> testSources() throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> modules = Files.list(PROJECT)) {
            for (Path module : modules.map(each -> each.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(module)) {
                    files.filter(file -> file.toString().matches(".*(IT|Test)\\.java"))
                            .forEach(all::add);
                }
            }
        }
        return all;
    }

    @Test
    void everyRowTellsEverythingAndIsATest() throws IOException {
        Map<String, Set<String>> tests = tests();
        assertThat(rows()).hasSizeGreaterThan(25).allSatisfy(row -> {
            assertThat(row.split("\\|", -1)).as("cells, with the two ends").hasSize(CELLS + 2);
            Matcher named = TEST.matcher(lastCell(row));
            assertThat(named.find()).as("names a test").isTrue();
            do {
                assertThat(tests.getOrDefault(named.group(1), Set.of()))
                        .as(named.group(1))
                        .contains(named.group(2));
            } while (named.find());
        });
    }

    @Test
    void everyCodeExists() throws IOException {
        String errors = Files.readString(PROJECT.resolve("docs/errors.md"));
        Set<String> named = CODE.matcher(String.join("\n", rows()))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named)
                .hasSizeGreaterThan(10)
                .allSatisfy(code -> assertThat(errors).contains("| " + code + " |"));
    }

    @Test
    void noTestOfAFaultIsMissing() throws IOException {
        String document = Files.readString(DOCUMENT);
        for (String type : List.of("CopyFaultsIT", "CatchUpFaultsIT")) {
            Set<String> methods = tests().getOrDefault(type, Set.of());
            assertThat(methods).as(type).isNotEmpty();
            assertThat(methods).allSatisfy(method -> assertThat(document).contains("`" + type + "." + method + "`"));
        }
    }
}
