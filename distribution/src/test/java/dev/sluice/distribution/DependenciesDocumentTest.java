// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/dependencies.md} lists what users get besides Sluice, with the licences. Run with -Dsluice.docs.write=true to write it. */
class DependenciesDocumentTest {
    private static final Path DOCUMENT = Published.ROOT.resolve("docs").resolve("dependencies.md");
    private static final Path FIRST_PART = Path.of("src", "license", "dependencies.md");

    /** Written by the build; each line has coordinates, a tab, and licences. */
    private static final Path LICENCES = Path.of("target", "licences.txt");

    @Test
    void listsWhatUsersGetWithEachPart() throws IOException {
        String document = Files.readString(FIRST_PART) + directDependencies() + allDependencies();
        if (Boolean.getBoolean("sluice.docs.write")) {
            Files.writeString(DOCUMENT, document);
        }

        assertThat(DOCUMENT).hasContent(document);
    }

    private static String directDependencies() {
        return Published.jars().stream()
                .map(module -> "| " + module + " | " + names(module, true) + " | " + names(module, false) + " |\n")
                .collect(Collectors.joining("", """

                        ## What each part asks for

                        | part | of Sluice | of others |
                        |---|---|---|
                        """, ""));
    }

    private static String names(Published module, boolean ours) {
        return module.projectFile().dependencies().stream()
                .filter(each -> each.isOurs() == ours)
                .map(each -> ours ? each.artifact() : each.toString())
                .collect(Collectors.joining(", "));
    }

    private static String allDependencies() throws IOException {
        List<String[]> lines = Files.readAllLines(LICENCES).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("dev.sluice:"))
                .map(line -> line.split("\t", -1))
                .toList();
        assertThat(lines)
                .hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(line).hasSize(2));
        return lines.stream()
                .map(line -> "| " + dependency(line[0]) + " | " + line[1].replace(" | ", " or ") + " |\n")
                .collect(Collectors.joining("", """

                        ## Everything, with its licence

                        By the project files of these libraries, in the names of [SPDX](https://spdx.org/licenses/).

                        | library | version | licence |
                        |---|---|---|
                        """, ""));
    }

    private static String dependency(String coordinates) {
        int version = coordinates.lastIndexOf(':');
        return coordinates.substring(0, version) + " | " + coordinates.substring(version + 1);
    }
}
