// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.testservers.GeneralLog;
import dev.sluice.testservers.MySqlServer;
import java.util.List;

/** What a server's general log shows of statements that do more than read, or set something of their own session. */
final class StatementsThatChange {
    private StatementsThatChange() {}

    /** In the order in which they arrived; prepared ones as well. */
    static List<String> since(MySqlServer server, GeneralLog.Mark mark) {
        return server.generalLog().entriesSince(mark).stream()
                .filter(GeneralLog.Entry::isStatement)
                .map(entry -> new LoggedStatement(entry.text().strip()))
                .filter(statement -> statement.kind() == LoggedStatement.Kind.CHANGE || statement.setsGlobally())
                .map(LoggedStatement::text)
                .toList();
    }
}
