// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.compiled;

/** What a compiled plan does, for readers. Holds no secret. {@code toString()} is {@link #text()}. Immutable and thread-safe. */
public interface Explanation {
    /** For a terminal. */
    String text();

    /** A runbook with headings, statements in code blocks, and boxes to tick. */
    String markdown();

    /** For programs; the same data as the others. */
    String json();
}
