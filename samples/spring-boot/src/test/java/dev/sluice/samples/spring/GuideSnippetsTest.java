// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/guides/spring-boot.md} shows is code of this sample, word for word, and so compiles. */
class GuideSnippetsTest {
    private static final Path GUIDE = Path.of("..", "..", "docs", "guides", "spring-boot.md");
    private static final Pattern BLOCK = Pattern.compile("```(java spring|yaml)\\n(.*?)```", Pattern.DOTALL);

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .map(block -> squeezed(block.group(2)))
                .toList();
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            return files.filter(Files::isRegularFile)
                    .map(GuideSnippetsTest::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return squeezed(Files.readString(file));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** How far a line is indented does not matter. */
    private static String squeezed(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }

    @Test
    void everyBlockIsInTheSample() throws IOException {
        String sources = sources();

        assertThat(blocks()).hasSizeGreaterThan(3).allMatch(sources::contains);
    }
}
