// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

/**
 * What a run knows of the replica that it creates. Before it is there nobody can claim it, and need not: its name is taken by whoever creates
 * it first, and everybody else is refused by its tag. Thread-safe.
 */
final class CreatedReplica {
    private volatile State state = State.COMING;

    enum State {
        COMING,
        THERE,
        REMOVED
    }

    State state() {
        return state;
    }

    void isThere() {
        state = State.THERE;
    }

    void isRemoved() {
        state = State.REMOVED;
    }
}
