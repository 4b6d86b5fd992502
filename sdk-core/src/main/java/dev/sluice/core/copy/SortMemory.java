// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

/**
 * The memory in which one statement sorts keys, from MySQL 8.0.27 on, where a session that says nothing has one MiB. More saves passes over
 * large keys and costs small ones: the server takes it anew for each table, and the machine has to clear it.
 */
final class SortMemory {
    /** For previews. */
    static final String TEMPLATE = "SET SESSION innodb_ddl_buffer_size = <4 to 32 MiB, a thirty-second of the table>";

    private static final long LEAST = 4L << 20;
    private static final long MOST = 32L << 20;
    private static final int SHARE = 32;

    private SortMemory() {}

    /**
     * The statement that gives a session what it needs for a table.
     *
     * @param tableBytes the size of the table's rows, as far as it is known; 0 or more
     */
    static String setting(long tableBytes) {
        return "SET SESSION innodb_ddl_buffer_size = " + Math.max(LEAST, Math.min(MOST, tableBytes / SHARE));
    }
}
