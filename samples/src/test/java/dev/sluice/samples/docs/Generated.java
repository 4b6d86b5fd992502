// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a page that a test writes, between two comments: the test compares them, and writes them when it is run with
 * {@code -Dsluice.docs.write=true}.
 */
final class Generated {
    private static final Pattern PART =
            Pattern.compile("(?s)(<!-- (\\w+) writes what follows\\. -->\\n)(.*?)(?=<!-- Until here\\. -->)");

    private final Path file;
    private final String test;

    /**
     * The parts of one page that one test writes.
     *
     * @param page from the project's root
     * @param test the simple name of the test's class
     */
    Generated(String page, Class<?> test) {
        this.file = Path.of("..").resolve(page);
        this.test = test.getSimpleName();
    }

    /** What stands there now. */
    List<String> parts() throws IOException {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(Files.readString(file));
        while (part.find()) {
            if (part.group(2).equals(test)) {
                parts.add(part.group(3));
            }
        }
        return parts;
    }

    /** Has these stand there, in their order, if the documents are to be written. */
    void write(List<String> parts) throws IOException {
        if (!Boolean.getBoolean("sluice.docs.write")) {
            return;
        }
        List<String> left = new ArrayList<>(parts);
        String written = PART.matcher(Files.readString(file))
                .replaceAll(part -> Matcher.quoteReplacement(
                        part.group(2).equals(test) && !left.isEmpty() ? part.group(1) + left.remove(0) : part.group()));
        Files.writeString(file, written);
    }
}
