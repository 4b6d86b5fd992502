// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.external.ExternalMySql;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever starts with no privileges and does what the messages say can run the plan in the end. */
@Timeout(180)
class LeastPrivilegesIT {
    private static final String PASSWORD = "l3ast-P.word";

    /** What a user may not see is asked for only once it sees more: first its privileges, then what they show. */
    private static final int ROUNDS = 4;

    @Test
    void theRemediesOfTheMessagesAreEnough() throws Exception {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
                Sluice sluice = Sluice.builder()
                        .journal(Journal.inMemory())
                        .engines(ExternalEngine.create())
                        .secrets(SecretResolver.withNamed(name -> PASSWORD))
                        .build()) {
            fill(pair.source());
            List.of(pair.source(), pair.replica())
                    .forEach(server ->
                            server.execute("CREATE USER 'least'@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "'"));
            ReplicationPlan plan = ReplicationPlan.from(endpoint(pair.source()))
                    .to(endpoint(pair.replica()))
                    .databases("shop");

            CompiledPlan compiled = compiledAfterAllRemedies(sluice, pair, plan);
            RunResult result = sluice.start(compiled).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.verification().orElseThrow().isClean()).isTrue();
            assertThat(pair.replica()
                            .query("SHOW GRANTS FOR 'least'@'127.0.0.1'")
                            .toString())
                    .doesNotContain("ALL PRIVILEGES", "SUPER");
        }
    }

    private static ExternalMySql endpoint(MySqlServer server) {
        return ExternalMySql.at(server.host(), server.port()).credentials("least", Secret.named("least"));
    }

    private static void fill(MySqlServer source) {
        source.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY, n INT)",
                "CREATE TABLE shop.items (id INT PRIMARY KEY, o INT, FOREIGN KEY (o) REFERENCES shop.orders (id))",
                "INSERT INTO shop.orders VALUES (1, 1), (2, 2)",
                "INSERT INTO shop.items VALUES (1, 1)",
                "CREATE VIEW shop.v AS SELECT * FROM shop.orders",
                "CREATE FUNCTION shop.one() RETURNS INT DETERMINISTIC RETURN 1",
                "CREATE PROCEDURE shop.p() SELECT 1",
                "CREATE TRIGGER shop.tr BEFORE INSERT ON shop.orders FOR EACH ROW SET NEW.n = 1",
                "CREATE EVENT shop.nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM shop.orders WHERE id = 0");
    }

    private static CompiledPlan compiledAfterAllRemedies(Sluice sluice, Pair pair, ReplicationPlan plan) {
        for (int round = 1; round <= ROUNDS; round++) {
            problems(sluice, plan).forEach(problem -> apply(problem, pair));
        }
        CompiledPlan compiled = sluice.compile(plan);
        sluice.preflight(compiled).orThrow();
        return compiled;
    }

    private static List<Problem> problems(Sluice sluice, ReplicationPlan plan) {
        try {
            return sluice.preflight(sluice.compile(plan)).findings().stream()
                    .filter(found -> found.level() == Finding.Level.ERROR || notLookedAt(found))
                    .map(Finding::problem)
                    .toList();
        } catch (PlanRejectedException refused) {
            return refused.problems();
        }
    }

    /** Only a warning, since most definers are no system accounts; here they are. */
    private static boolean notLookedAt(Finding found) {
        return found.check().equals("system-definers");
    }

    private static void apply(Problem problem, Pair pair) {
        MySqlServer server =
                problem.what().toLowerCase(Locale.ROOT).contains("the source") ? pair.source() : pair.replica();
        int grants = problem.remedy().indexOf("GRANT ");
        if (grants >= 0) {
            for (String grant : problem.remedy().substring(grants).split("; ")) {
                server.execute(grant.replace("<user>", "'least'@'127.0.0.1'"));
            }
        } else if (problem.remedy().startsWith("SET GLOBAL ")) {
            server.execute(problem.remedy().split(" on the ", 2)[0]);
        }
    }
}
