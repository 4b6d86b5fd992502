// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.estimate;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * What a short probe has measured: some rows of the largest tables, read over one connection, and sent to the replica into a temporary table of the
 * session, which is gone with it. That table has one column, no secondary keys, no redo log and no binary log: a replica does not write rows
 * faster than this, and usually slower. Immutable and thread-safe.
 *
 * @param tables of how many tables rows were read
 * @param rows how many
 * @param bytes of row data, as the copy would send it; a few million at most
 * @param readBytesPerSecond how fast they came, 0 if nothing could be read
 * @param writtenBytesPerSecond how fast the replica took them; empty where that was not measured
 * @param aboutWriting why it was not measured, or what it is
 */
public record CopyProbe(
        int tables,
        long rows,
        long bytes,
        long readBytesPerSecond,
        OptionalLong writtenBytesPerSecond,
        String aboutWriting) {
    public CopyProbe {
        requireNonNull(writtenBytesPerSecond, "writtenBytesPerSecond");
        requireNonNull(aboutWriting, "aboutWriting");
    }
}
