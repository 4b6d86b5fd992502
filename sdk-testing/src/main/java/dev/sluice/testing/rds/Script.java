// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements from a resource, separated by lines of two semicolons, with words for their placeholders: <code>${name}</code> is the word
 * of that name, <code>${part:name}</code> the resource {@code parts/name.sql}. Placeholders may stand in placeholders and in words.
 */
record Script(String resource, Map<String, String> words) {
    private static final String SEPARATOR = "\n;;\n";
    private static final String PART = "part:";
    private static final Pattern INNERMOST = Pattern.compile("\\$\\{([^${}]+)}");

    List<String> statements() {
        return Arrays.stream(filled(text(resource)).split(SEPARATOR)).toList();
    }

    private String filled(String text) {
        String filled = text;
        for (Matcher next = INNERMOST.matcher(filled); next.find(); next = INNERMOST.matcher(filled)) {
            filled = filled.replace(next.group(), word(next.group(1)));
        }
        return filled;
    }

    private String word(String name) {
        if (name.startsWith(PART)) {
            return text("parts/" + name.substring(PART.length()) + ".sql");
        }
        String word = words.get(name);
        if (word == null) {
            throw new IllegalStateException("The placeholder " + name + " of " + resource + " has no word");
        }
        return word;
    }

    private static String text(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The resource " + resource + " cannot be read", unreadable);
        }
    }
}
