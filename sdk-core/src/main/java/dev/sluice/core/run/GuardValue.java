// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a server says now to a look before an undo. Public for the tests of engines, which play undos by themselves. */
public final class GuardValue {
    private GuardValue() {}

    /** Whether what is to be undone is still as the undo found it. */
    public static boolean isStill(OnlyIf guard, ServerSession session) {
        return read(guard, session).filter(guard.expected()::equalsIgnoreCase).isPresent();
    }

    /** Empty if the server has nothing to say. */
    static Optional<String> read(OnlyIf guard, ServerSession session) {
        if (guard.columns().isEmpty()) {
            return session.queryValue(guard.query());
        }
        List<Row> rows = session.query(guard.query());
        return Optional.of(rows.isEmpty() ? "" : joined(guard, rows.get(0)));
    }

    private static String joined(OnlyIf guard, Row row) {
        return guard.columns().stream()
                .map(column -> row.find(column).orElse(""))
                .collect(Collectors.joining(" "));
    }
}
