// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import dev.sluice.api.error.ErrorCode;

/** What can be wrong with a journal. */
public enum JournalCode implements ErrorCode {
    JOURNAL_UNUSABLE(
            "CORE-601",
            "The journal cannot be written or read",
            "See to the folder's space, owner and permissions, or to the database; a run stops before its next change when it cannot be"
                    + " journaled"),
    RUN_TAKEN(
            "CORE-655",
            "Another process drives this run",
            "Let that process go on with it, or end it; of one that vanished without a word the run is free after 15 seconds"),
    LEASE_LOST(
            "CORE-656",
            "Another process has taken the run over",
            "Nothing more was done here, and nothing undone: see the run in the process that resumed or abandoned it"),
    HOME_UNUSABLE(
            "CORE-870",
            "The journal in the user's home directory cannot be made or read, and no other one was named",
            "Name a folder that lasts: Sluice.builder().journal(FileJournal.in(folder)); or a database: JdbcJournal of"
                    + " sluice-journal-jdbc; or, for runs that nobody needs to go on with, Journal.inMemory()"),
    FOLDER_OPEN(
            "CORE-871",
            "Others can get into the journal's folder",
            "Close it to them (chmod 700), or name a folder in it that does not exist yet, which is then made for its owner only");

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

    /** A database comes back after a failover, and a run whose journal was away is whole. */
    @Override
    public Retry retry() {
        return this == JOURNAL_UNUSABLE ? Retry.CAN_HELP : Retry.POINTLESS;
    }
}
