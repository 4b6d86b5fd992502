// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

/**
 * The bytes that a table takes. Statistics come some time after a load, one table every ten seconds, or never where they are not recalculated; its
 * file tells at once. Immutable and thread-safe.
 *
 * @param stored of its pages, by the statistics
 * @param indexes of its secondary indexes, by the same
 * @param file of its files, less what is free in them; 0 if unknown
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/innodb-persistent-stats.html">MySQL: persistent statistics</a>
 */
public record TableSpace(long stored, long indexes, long file) {
    /** An empty table's file has some pages of its own. */
    static final long LEAST_FILE = 256 << 10;

    /** Whether the file holds much more than the statistics know. */
    public boolean isStale() {
        return file > LEAST_FILE && file > 2 * (stored + indexes);
    }

    /** Of its pages without secondary indexes, as far as can be told. */
    public long storedNow() {
        return isStale() ? (long) (file * ((double) stored / Math.max(1, stored + indexes))) : stored;
    }

    /** Of its secondary indexes. */
    public long indexesNow() {
        return isStale() ? file - storedNow() : indexes;
    }
}
