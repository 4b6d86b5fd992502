// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

/**
 * A moment of a run, by the record that its journal is just about to get, or has just got: the one of an operation's intent comes before
 * the effect, the one of its outcome after it.
 *
 * @param record the first is 1; 0 for any
 * @param what what the record is about, {@code ""} for anything
 * @param isAfter whether the record is on the disk already
 */
record KillPoint(int record, String what, boolean isAfter) {
    static final KillPoint NONE = of(-1, false);

    static KillPoint of(int record, boolean isAfter) {
        return new KillPoint(record, "", isAfter);
    }

    /** The first record about this. */
    static KillPoint of(String what, boolean isAfter) {
        return new KillPoint(0, what, isAfter);
    }

    static KillPoint parse(String text) {
        String[] parts = text.split("/", 3);
        return new KillPoint(Integer.parseInt(parts[0]), parts[2], parts[1].equals("after"));
    }

    boolean isAt(KillPoint now) {
        return isAfter == now.isAfter
                && (record == 0 || record == now.record)
                && (what.isEmpty() || what.equals(now.what));
    }

    @Override
    public String toString() {
        return record + (isAfter ? "/after/" : "/before/") + what;
    }
}
