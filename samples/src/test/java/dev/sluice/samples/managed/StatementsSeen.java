// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import dev.sluice.samples.managed.ManagedServers.Member;
import dev.sluice.testservers.GeneralLog;
import dev.sluice.testservers.MySqlServer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What reached servers since a moment, by their general logs. */
final class StatementsSeen {
    private static final Pattern HARMLESS = Pattern.compile(
            "(/\\*(?!!).*?\\*/\\s*)*(SELECT\\b(?!.*\\bINTO\\s+(OUTFILE|DUMPFILE)\\b).*|SHOW\\b.*|EXPLAIN\\b.*|XA RECOVER\\b.*|COMMIT|ROLLBACK|BEGIN|USE .*|START TRANSACTION\\b.*"
                    + "|CALL mysql\\.rds_show_configuration(\\(\\))?"
                    + "|SET (?!.*\\b(GLOBAL|PERSIST|PERSIST_ONLY|PASSWORD)\\b).*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("CALL mysql\\.(?!rds_show_configuration).*", Pattern.DOTALL);

    private final Map<MySqlServer, GeneralLog.Mark> marks;

    private StatementsSeen(Map<MySqlServer, GeneralLog.Mark> marks) {
        this.marks = marks;
    }

    /** From now on. */
    static StatementsSeen on(Member... members) {
        return new StatementsSeen(Arrays.stream(members)
                .map(Member::server)
                .collect(Collectors.toMap(
                        server -> server, server -> server.generalLog().on())));
    }

    /** Those that may change something for others than their own session. What is not known to be harmless is one of them. */
    List<String> thatChange() {
        return all().filter(statement -> !HARMLESS.matcher(statement).matches()).toList();
    }

    /** Those that call procedures of AWS which change something. */
    List<String> calls() {
        return all().filter(statement -> CALL.matcher(statement).matches()).toList();
    }

    Stream<String> all() {
        return marks.entrySet().stream()
                .flatMap(entry -> entry.getKey().generalLog().entriesSince(entry.getValue()).stream())
                .filter(GeneralLog.Entry::isStatement)
                .map(entry -> entry.text().strip());
    }
}
