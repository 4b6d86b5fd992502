// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.external.whole.ScriptedAccounts.Granted;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plan runs with exactly the accounts of its script, and not without any one of their privileges. */
@Tag("long")
@Timeout(900)
class PrivilegeScriptIT {
    private static ScriptedAccounts accounts(MySqlRelease release) {
        Pair pair = Pair.gtid(release, release);
        try {
            fill(pair);
            ReplicationPlan plan = pair.plan().databases("shop").retainBinlogs(Duration.ofHours(48));
            return new ScriptedAccounts(
                    pair, release == MySqlRelease.MYSQL_5_7 ? plan.allowReplicaBinlogReset() : plan);
        } catch (RuntimeException failure) {
            pair.close();
            throw failure;
        }
    }

    private static void fill(Pair pair) {
        pair.source()
                .execute(
                        "SET GLOBAL log_bin_trust_function_creators = ON",
                        "CREATE DATABASE other",
                        "CREATE TABLE other.t (id INT PRIMARY KEY)",
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.orders (id INT PRIMARY KEY, n INT, KEY (n))",
                        "CREATE TABLE shop.items (id INT PRIMARY KEY, o INT, FOREIGN KEY (o) REFERENCES shop.orders (id))",
                        "INSERT INTO shop.orders VALUES (1, 1), (2, 2)",
                        "INSERT INTO shop.items VALUES (1, 1)",
                        "CREATE VIEW shop.v AS SELECT * FROM shop.orders",
                        "CREATE FUNCTION shop.one() RETURNS INT DETERMINISTIC RETURN 1",
                        "CREATE PROCEDURE shop.p() SELECT 1",
                        "CREATE TRIGGER shop.tr BEFORE INSERT ON shop.orders FOR EACH ROW SET NEW.n = 1",
                        "CREATE EVENT shop.nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM shop.orders WHERE id = 0");
        pair.replica().execute("SET GLOBAL log_bin_trust_function_creators = ON");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void theWholeRunPassesAndCanBeTakenBack(MySqlRelease release) throws Exception {
        try (ScriptedAccounts accounts = accounts(release);
                Sluice sluice = accounts.sluice()) {
            RunResult result = sluice.start(sluice.compile(accounts.plan())).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.verification().orElseThrow().isClean()).isTrue();
        }
        try (ScriptedAccounts accounts = accounts(release);
                Sluice sluice = accounts.sluice()) {
            assertThat(takenBack(accounts, sluice)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void nothingOfItIsTooMuch(MySqlRelease release) throws Exception {
        List<Granted> all;
        try (ScriptedAccounts accounts = accounts(release)) {
            all = accounts.granted();
        }
        List<String> tooMuch = new ArrayList<>();
        List<String> notTold = new ArrayList<>();
        for (Granted one : all) {
            try (ScriptedAccounts accounts = accounts(release)) {
                String outcome = without(one, accounts, notTold);
                System.out.println(release + " without " + one + ": " + outcome);
                if (outcome.isEmpty()) {
                    tooMuch.add(one.toString());
                }
            }
        }
        assertThat(notTold).as("not told beforehand").isEmpty();
        assertThat(tooMuch).as("not needed").isEmpty();
    }

    /** How a run fails without it; empty if it does not. */
    private static String without(Granted one, ScriptedAccounts accounts, List<String> notTold) throws Exception {
        try (Sluice trusting = accounts.trusting();
                Sluice sluice = accounts.sluice()) {
            accounts.revoke(one);
            if (!isRefused(sluice, accounts.plan(), one)) {
                notTold.add(one.toString());
            }
            String failure = failure(trusting, accounts.plan());
            if (!failure.isEmpty()) {
                return failure;
            }
        }
        try (ScriptedAccounts again = accounts(accounts.pair().source().release());
                Sluice trusting = again.trusting()) {
            again.revoke(one);
            return takenBack(again, trusting);
        }
    }

    private static boolean isRefused(Sluice sluice, ReplicationPlan plan, Granted one) {
        try {
            sluice.compile(plan);
            return false;
        } catch (PlanRejectedException refused) {
            return refused.problems().stream()
                    .anyMatch(problem -> problem.toString().contains(one.grant().privilege()));
        }
    }

    private static String failure(Sluice sluice, ReplicationPlan plan) throws InterruptedException {
        try {
            RunResult result = sluice.start(sluice.compile(plan)).await();
            return result.verification().orElseThrow().isClean() ? "" : "the replica differs";
        } catch (SluiceException failed) {
            return "fails: " + failed.getMessage();
        }
    }

    /** What a run leaves behind that is cancelled late; empty if nothing. */
    private static String takenBack(ScriptedAccounts accounts, Sluice sluice) throws Exception {
        ReplicationRun run = sluice.start(sluice.compile(accounts.plan().pauseBefore(GuideStep.VERIFY)));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> run.status().state() == RunState.PAUSED || run.completion().toCompletableFuture().isDone());
        run.cancel();
        assertThatThrownBy(run::await).isInstanceOf(SluiceException.class);
        RunResult result = run.completion().toCompletableFuture().get(30, TimeUnit.SECONDS);
        return result.left().isEmpty() ? "" : "leaves: " + result.left();
    }
}
