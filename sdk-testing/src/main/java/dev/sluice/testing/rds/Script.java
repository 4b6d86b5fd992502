// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Statements from a resource, separated by lines of two semicolons, with words for their placeholders. */
record Script(String resource, Map<String, String> words) {
    private static final String SEPARATOR = "\n;;\n";

    List<String> statements() {
        return Arrays.stream(text().split(SEPARATOR)).map(this::filled).toList();
    }

    private String filled(String statement) {
        String filled = statement;
        for (Map.Entry<String, String> word : words.entrySet()) {
            filled = filled.replace("${" + word.getKey() + "}", word.getValue());
        }
        if (filled.contains("${")) {
            throw new IllegalStateException("A placeholder of " + resource + " has no word: " + filled);
        }
        return filled;
    }

    private String text() {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The resource " + resource + " cannot be read", unreadable);
        }
    }
}
