// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

/** When secondary keys, with the foreign keys that need them, are built. */
public enum IndexTiming {
    /** With the rows where a table is small, after them where it is large. */
    BY_SIZE,
    /** Always with the rows: nothing is added to a table afterwards. */
    WITH_ROWS,
    /** Always after the rows. */
    AFTER_ROWS
}
