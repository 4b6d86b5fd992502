// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.testservers.GeneralLog;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The servers' own logs show what the preview shows, in its order, and nothing else. */
@Timeout(180)
class PreviewIT {
    private static final Pattern CHANGE =
            Pattern.compile("(CHANGE (?:MASTER|REPLICATION SOURCE) TO )(.*?)( FOR CHANNEL .*)?", Pattern.DOTALL);

    @Test
    void theGeneralLogsHoldThePreviewsStatementsAndNoOthers() throws Exception {
        try (Pair pair = Pair.of(
                MySqlRelease.MYSQL_8_0_31,
                options -> options.gtid().setting("binlog_expire_logs_seconds", "86400"),
                MySqlRelease.MYSQL_8_0_31,
                options -> options.gtid().setting("local_infile", "ON"))) {
            pair.source()
                    .execute(
                            "CREATE DATABASE shop",
                            "CREATE TABLE shop.t (id INT PRIMARY KEY, j JSON)",
                            "INSERT INTO shop.t VALUES (1, '{}'), (2, NULL)",
                            "CREATE VIEW shop.v AS SELECT id FROM shop.t",
                            "CREATE PROCEDURE shop.p() SELECT 1",
                            "CREATE TRIGGER shop.tr BEFORE INSERT ON shop.t FOR EACH ROW SET NEW.id = NEW.id",
                            "CREATE EVENT shop.e ON SCHEDULE EVERY 1 DAY DO SELECT 1");
            ReplicationPlan plan = pair.plan().withGtid().retainBinlogs(Duration.ofHours(144));
            CompiledPlan compiled = pair.sluice().compile(plan);
            GeneralLog.Mark source = pair.source().generalLog().on();
            GeneralLog.Mark replica = pair.replica().generalLog().on();

            pair.sluice().start(compiled).await();

            check(compiled, Target.SOURCE, pair.source(), source);
            check(compiled, Target.REPLICA, pair.replica(), replica);
        }
    }

    private static void check(CompiledPlan compiled, Target target, MySqlServer server, GeneralLog.Mark mark) {
        List<Pattern> inAnyOrder = templates(compiled);
        List<String> rest = StatementsThatChange.since(server, mark).stream()
                .filter(text -> inAnyOrder.stream()
                        .noneMatch(template -> template.matcher(text).matches()))
                .toList();
        List<String> wanted = statements(compiled, target);

        assertThat(rest).as("on the %s:%n%s", target, String.join("\n", rest)).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(inOneOrder(rest.get(i))).matches(pattern(inOneOrder(wanted.get(i))));
        }
        assertThat(rest).noneMatch(text -> text.contains("sluice_repl") && text.matches("(?s).*BY '(?!<secret>).*"));
    }

    /** The server writes the options of a CHANGE into its log in an order of its own. */
    private static String inOneOrder(String statement) {
        Matcher change = CHANGE.matcher(statement);
        return change.matches()
                ? change.group(1)
                        + Stream.of(change.group(2).split(", ")).sorted().collect(Collectors.joining(", "))
                        + change.group(3)
                : statement;
    }

    private static List<Pattern> templates(CompiledPlan compiled) {
        return compiled.steps().stream()
                .flatMap(step -> step.operations().stream())
                .filter(operation -> operation instanceof CopyOperation
                        || operation instanceof SnapshotOperation
                        || operation instanceof VerifyOperation)
                .flatMap(operation -> operation.preview().stream())
                .map(PreviewIT::pattern)
                .toList();
    }

    private static List<String> statements(CompiledPlan compiled, Target target) {
        List<String> statements = new ArrayList<>();
        compiled.steps()
                .forEach(step -> step.operations().stream()
                        .filter(operation -> operation.info().target() == target)
                        .filter(PreviewIT::isOneStatement)
                        .forEach(operation -> statements.addAll(operation.preview())));
        return statements;
    }

    private static boolean isOneStatement(Operation operation) {
        return operation instanceof SqlOperation || operation instanceof ProcedureOperation;
    }

    /** What stands in angle brackets stands for anything; servers write passwords and their hashes in their own way. */
    private static Pattern pattern(String preview) {
        String quoted = Pattern.compile("<[^<>]+>")
                .splitAsStream(preview)
                .map(text -> Pattern.quote(text))
                .collect(Collectors.joining("(?s:.*)"));
        return Pattern.compile(
                quoted.replace("BY ", "\\E(?:WITH '[a-z0-9_]+' )?(?:BY|AS) \\Q")
                        + (preview.endsWith(">") ? "(?s:.*)" : ""),
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
