// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

/**
 * What a source's way to take a snapshot leaves behind, and a replica's way to load one begins with. Immutable and thread-safe.
 *
 * @param name lower-case letters and dashes
 * @param label for people
 */
public record Artefact(String name, String label) {
    /** A server on which the rows can be read as they were at the coordinates. Every replica can be loaded from it, row by row. */
    public static final Artefact ROWS = new Artefact("rows", "a server to read rows from");

    public Artefact {
        if (!name.matches("[a-z]+(-[a-z]+)*")) {
            throw new IllegalArgumentException("An artefact has lower-case letters and dashes, not '" + name + "'");
        }
    }
}
