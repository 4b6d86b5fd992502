// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.Optional;

/** The end of the source's binary log is lost, or the log was wiped; replicas with GTIDs are told so, others as {@link PositionImpossible}. */
final class SourceBehind implements ReceiverRow {
    @Override
    public String id() {
        return "source-behind";
    }

    @Override
    public FailureCode code() {
        return FailureCode.SOURCE_BEHIND;
    }

    @Override
    public String recognisedBy() {
        return "receiver's text: has more GTIDs than the source has";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("look", "new-copy");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.says("more gtids than the");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seen(lost(symptoms))
                .person(
                        "look",
                        "See what the source has lost",
                        List.of(
                                "The source has lost the end of its binary log in a crash (sync_binlog other than 1), was restored from a backup, or its log"
                                        + " was wiped (RESET MASTER, RESET BINARY LOGS AND GTIDS). The replica may be the only server that has these changes:"
                                        + " where it logs what it applies, mysqlbinlog shows them, for somebody who decides what is made up for on the source.",
                                "Do not just start replication, now or later: once the source has given the same GTIDs to other transactions the error goes"
                                        + " away, and the replica leaves those out without a word."))
                .newCopy("The replica holds changes that its source does not have.");
    }

    /** Also what was written on the replica itself, which is no reason for this error; UUIDs tell the one from the other. */
    private static Optional<String> lost(Symptoms symptoms) {
        return symptoms.sourceSession()
                .flatMap(source -> source.queryValue("SELECT GTID_SUBTRACT("
                        + Quote.literal(symptoms.replica().gtidExecuted()) + ", @@GLOBAL.gtid_executed)"))
                .filter(gtids -> !gtids.isEmpty())
                .map(gtids -> "the replica has, and the source lacks: " + Shortened.text(gtids));
    }
}
