// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.testservers.GeneralLog;
import dev.sluice.testservers.MySqlServer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a server's general log shows of statements that change more than their own session. */
final class StatementsThatChange {
    private static final Pattern HARMLESS = Pattern.compile(
            "(SELECT|SHOW|SET SESSION|SET NAMES|SET ROLE|SET autocommit|SET character_set_results|USE|SAVEPOINT|ROLLBACK|COMMIT"
                    + "|START TRANSACTION|XA RECOVER|KILL|UNLOCK TABLES|FLUSH TABLES WITH READ LOCK|SET net_write_timeout"
                    + "|SET sql_mode|SET @|/\\*).*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private StatementsThatChange() {}

    /** In the order in which they arrived; without those of the replication's own threads. */
    static List<String> since(MySqlServer server, GeneralLog.Mark mark) {
        return server.generalLog().entriesSince(mark).stream()
                .filter(entry -> entry.command().equals("Query"))
                .map(entry -> entry.text().strip())
                .filter(text -> !HARMLESS.matcher(text).matches())
                .filter(text -> !text.toLowerCase(Locale.ROOT).startsWith("set global general_log"))
                .toList();
    }
}
