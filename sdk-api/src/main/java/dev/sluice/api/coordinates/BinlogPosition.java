// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.coordinates;

import static java.util.Objects.requireNonNull;

/**
 * A place in the binary log of one server: file and byte offset. Positions start at 4 (the first event). Immutable and
 * thread-safe.
 *
 * @param file the binary log's file name, such as {@code binlog.000042}
 * @param position bytes from the file's start, at least 4
 */
public record BinlogPosition(String file, long position) implements Comparable<BinlogPosition> {
    /** Where the first event of every file stands. */
    public static final long FIRST = 4;

    public BinlogPosition {
        requireNonNull(file, "file");
        if (file.isBlank()) {
            throw new IllegalArgumentException("The binary log's file name is blank");
        }
        if (position < FIRST) {
            throw new IllegalArgumentException("A binary log position is at least " + FIRST + ", not " + position);
        }
    }

    /** The number at the end of the file's name; files of one server are ordered by it. */
    public long sequence() {
        int dot = file.lastIndexOf('.');
        try {
            return Long.parseLong(file.substring(dot + 1));
        } catch (NumberFormatException notNumbered) {
            throw new IllegalStateException(
                    "The binary log's file name has no number at its end: " + file, notNumbered);
        }
    }

    /** Whether both are in files of one name but for its number, as those of one server are unless somebody has renamed them. */
    public boolean isOfSameSeries(BinlogPosition other) {
        return series().equals(other.series());
    }

    private String series() {
        int dot = file.lastIndexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }

    /** Orders positions of one server; comparing those of different servers means nothing. */
    @Override
    public int compareTo(BinlogPosition other) {
        int bySequence = Long.compare(sequence(), other.sequence());
        return bySequence != 0 ? bySequence : Long.compare(position, other.position);
    }

    @Override
    public String toString() {
        return file + ":" + position;
    }
}
