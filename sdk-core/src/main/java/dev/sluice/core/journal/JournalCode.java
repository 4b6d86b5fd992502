// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import dev.sluice.api.error.ErrorCode;

/** What can be wrong with a journal. */
public enum JournalCode implements ErrorCode {
    JOURNAL_UNUSABLE(
            "CORE-601",
            "The journal cannot be written or read",
            "See to the folder's space, owner and permissions; a run stops before its next change when it cannot be journaled");

    private final String id;
    private final String meaning;
    private final String remedy;

    JournalCode(String id, String meaning, String remedy) {
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
