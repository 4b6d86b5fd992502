// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;

/** What checks find about what a copy needs, and about what goes on meanwhile. */
enum LoadCode implements ErrorCode {
    CONNECTIONS_LEFT(
            "CORE-774",
            "A server has fewer connections left than the run may take",
            "Raise max_connections there, or give the copy fewer readers and writers: Sluice.builder().copyBudget(…)"),
    SPACE_NEEDED(
            "CORE-775",
            "The replica's disk has to hold a copy of the scope, and has less room, or nobody can tell from here how much it has",
            "See that the replica's data directory has that much and half as much again for indexes, undo and relay logs"),
    ROWS_WIDE(
            "CORE-776",
            "Rows are wider than the packets that the replica takes, or nobody could tell whether they are",
            "Raise max_allowed_packet on the replica, and keep replica_max_allowed_packet at 1 GiB"),
    SCHEMA_CHANGE(
            "CORE-777",
            "Tables or triggers of an online schema change are in the scope: one is under way, or was left behind",
            "Let it end, or remove what it left, before the snapshot"),
    OPEN_DDL(
            "CORE-778",
            "A statement that changes tables is running; the snapshot waits for it, or fails when it ends",
            "Let it end before the snapshot"),
    EVENTS_TWICE(
            "CORE-779",
            "Events are enabled on both servers, so that what they do is done twice on the replica",
            "ALTER EVENT … DISABLE ON SLAVE on the replica");

    private final String id;
    private final String meaning;
    private final String remedy;

    LoadCode(String id, String meaning, String remedy) {
        this.id = id;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
