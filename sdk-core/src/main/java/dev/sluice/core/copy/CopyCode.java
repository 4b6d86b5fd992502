// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.ErrorCode;

/** What can go wrong while structure and rows are moved. */
public enum CopyCode implements ErrorCode {
    ROWS_NOT_CONFIRMED(
            "CORE-402",
            "The replica did not take every row as it was sent",
            "A duplicate key or a value that does not fit its column: see that table on the source; a trigger or a stricter setting on the replica can cause it as well"),
    ALREADY_THERE(
            "CORE-403",
            "The replica already has an object that the copy would create",
            "Drop it, or leave it out of the plan's scope"),
    VIEW_NOT_CREATED(
            "CORE-404",
            "A view cannot be created on the replica",
            "See whether what it reads is in the plan's scope and still exists on the source"),
    READER_STOPPED("CORE-405", "The copy stopped because a thread of it failed", "See the cause");

    private final String id;
    private final String meaning;
    private final String remedy;

    CopyCode(String id, String meaning, String remedy) {
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
