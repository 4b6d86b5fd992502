// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A page of the documentation.
 *
 * @param path from the project's root, with forward slashes, such as {@code docs/guides/rds-to-external.md}
 * @param content the parsed text
 */
record Page(String path, Node content) {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    /** A page that is nowhere but here. */
    static Page of(String path, String text) {
        return new Page(
                path,
                Parser.builder()
                        .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                        .build()
                        .parse(text));
    }

    /** Those at the project's root and below docs. */
    static List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>();
        try (Stream<Path> root = Files.list(PROJECT);
                Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
            for (Path file : Stream.concat(root, docs).sorted().toList()) {
                if (file.toString().endsWith(".md")) {
                    pages.add(of(nameOf(file), Files.readString(file)));
                }
            }
        }
        return pages;
    }

    private static String nameOf(Path file) {
        return PROJECT.relativize(file).toString().replace('\\', '/');
    }

    /** The line at which a node begins, the first being 1. */
    static int lineOf(Node node) {
        return node.getSourceSpans().get(0).getLineIndex() + 1;
    }

    /** For messages. */
    String at(int line) {
        return path + ":" + line;
    }
}
