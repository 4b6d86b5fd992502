// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

/** What a session is for; it decides time limits, the sql_mode and whether local infile is on. */
public enum SessionUse {
    /** Small statements that look or change something, with a short time limit. */
    CONTROL,
    /** Long reads of rows. */
    READER,
    /**
     * Long writes of rows; alone has local infile on, which answers only to a stream that is set. The server ends one that says nothing for
     * {@link MySqlSession#LONGEST_SILENCE_OF_A_WRITER}, between statements and within one.
     */
    WRITER
}
