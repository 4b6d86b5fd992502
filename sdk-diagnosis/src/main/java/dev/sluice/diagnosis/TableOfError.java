// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table that an error of the applier is about: {@code Could not execute Update_rows event on table shop.orders; …}. Thread-safe: no state.
 */
final class TableOfError {
    /** Names that hold a dot, or what ends the name here, cannot be told apart for certain. */
    private static final Pattern ROWS_EVENT =
            Pattern.compile("Could not execute \\w+_rows(?:_v1)? event on table ([^.;\\s]+)\\.([^.;\\s]+); ");

    private TableOfError() {}

    /** Empty unless the error names exactly one, which no name of another could be taken for. */
    static Optional<TableName> of(ChannelError error) {
        Matcher event = ROWS_EVENT.matcher(error.text());
        if (!event.find()) {
            return Optional.empty();
        }
        TableName table = TableName.of(event.group(1), event.group(2));
        return Optional.of(table).filter(named -> !event.find() && !Scope.isSystem(named.database()));
    }
}
