// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import org.jspecify.annotations.Nullable;

/**
 * Points to the bytes of one value where they are, so that large ones need not be copied, or to NULL. Used again for row after row;
 * one thread at a time.
 */
public final class RawValue {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int offset;
    private int length;
    private boolean isNull = true;

    /** Points to a whole array, or to NULL. */
    public void set(byte @Nullable [] value) {
        if (value == null) {
            clear();
        } else {
            set(value, 0, value.length);
        }
    }

    /** Points to a part of an array. */
    public void set(byte[] array, int from, int count) {
        bytes = array;
        offset = from;
        length = count;
        isNull = false;
    }

    /** Points to NULL and lets go of the bytes. */
    public void clear() {
        bytes = NOTHING;
        offset = 0;
        length = 0;
        isNull = true;
    }

    /** Whether the value is NULL, which is not the same as no bytes. */
    public boolean isNull() {
        return isNull;
    }

    /** The array that holds the bytes; others of it belong to other values. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where in the array this value's bytes begin; 0 for NULL. */
    public int offset() {
        return offset;
    }

    /** How many bytes; 0 for NULL. */
    public int length() {
        return length;
    }
}
