// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

/**
 * A moment of a run, by the record that its journal is just about to get, or has just got: the one of an operation's intent comes before
 * the effect, the one of its outcome after it.
 *
 * @param record its number, from 1; 0 for any
 * @param what what the record is about, {@code ""} for anything
 * @param occurrence which of those about the same, from 1; 0 for any
 * @param isAfter whether the record is on the disk already
 */
record KillPoint(int record, String what, int occurrence, boolean isAfter) {
    static final KillPoint NONE = new KillPoint(-1, "", 0, false);

    /** The first record about this. */
    static KillPoint of(String what, boolean isAfter) {
        return new KillPoint(0, what, 1, isAfter);
    }

    /** The same moment of another run, whose records may have other numbers: how often a step looks is not always the same. */
    KillPoint inAnyRun() {
        return new KillPoint(0, what, occurrence, isAfter);
    }

    static KillPoint parse(String text) {
        String[] parts = text.split("/", 4);
        return new KillPoint(
                Integer.parseInt(parts[0]), parts[3], Integer.parseInt(parts[2]), parts[1].equals("after"));
    }

    boolean isAt(KillPoint now) {
        return isAfter == now.isAfter
                && (record == 0 || record == now.record)
                && (what.isEmpty() || what.equals(now.what))
                && (occurrence == 0 || occurrence == now.occurrence);
    }

    @Override
    public String toString() {
        return record + (isAfter ? "/after/" : "/before/") + occurrence + "/" + what;
    }
}
