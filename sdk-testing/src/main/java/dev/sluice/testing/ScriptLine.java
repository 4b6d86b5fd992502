// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

/** Something that a test has told a row of the guide to do, and how often that was met so far. Not thread-safe. */
final class ScriptLine {
    private final String text;
    private final int times;
    private int met;

    /**
     * @param text as the test wrote it
     * @param times how often it is to be met until it is used up
     */
    ScriptLine(String text, int times) {
        this.text = text;
        this.times = times;
    }

    void meet() {
        met++;
    }

    boolean isMet() {
        return met >= times;
    }

    @Override
    public String toString() {
        return times > 1 ? text + ", met " + met + " of " + times + " times" : text;
    }
}
