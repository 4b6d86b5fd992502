// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.diagnosis;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The transaction that a replica's applier could not apply. Immutable and thread-safe.
 *
 * @param gtid its GTID, {@code ""} if it has none
 * @param content what is in it, an event a line, at most {@value #MOST_LINES} lines; images of rows are not decoded. Empty where the user may not
 *     read the relay log
 * @param standsThere what must still hold for it to be the one at which the applier stands
 */
public record StuckTransaction(String gtid, List<String> content, List<Remedy.Condition> standsThere) {
    /** The most lines of content. */
    public static final int MOST_LINES = 40;

    public StuckTransaction {
        requireNonNull(gtid, "gtid");
        content = List.copyOf(content);
        standsThere = List.copyOf(standsThere);
    }

    /** Whether it has a GTID. */
    public boolean hasGtid() {
        return !gtid.isEmpty();
    }
}
