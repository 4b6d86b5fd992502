// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerifyPlan;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.privileges.AccountName;
import dev.sluice.api.privileges.AccountRole;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.Sluice;
import dev.sluice.external.ExternalMySql;
import dev.sluice.external.whole.ScriptedAccounts.Granted;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan runs with exactly the accounts of its script, and not without any one of their privileges. */
@Tag("long")
@Timeout(900)
class PrivilegeScriptIT {
    /**
     * Without it nobody sees transactions that are prepared and not committed when a snapshot opens: their rows would be neither in the copy
     * nor in the log that follows. There are none here.
     */
    private static final String FOR_WHAT_IS_RARE = "XA_RECOVER_ADMIN";

    private static final AccountName LOGIN = new AccountName("sluice_repl", "127.0.0.1");

    private enum Kind {
        WHOLE,
        END,
        COMPARISON
    }

    private static ScriptedAccounts accounts(MySqlRelease release, Kind kind, @Nullable GuideStep pause)
            throws InterruptedException {
        Pair pair = Pair.gtid(release, release);
        try {
            fill(pair);
            if (kind == Kind.WHOLE) {
                return new ScriptedAccounts(pair, (source, replica) -> whole(pair, source, replica, pause));
            }
            pair.run(whole(pair, pair.sourceEndpoint(), pair.replicaEndpoint(), null)
                    .leaveReplicaWritable());
            return kind == Kind.END
                    ? new ScriptedAccounts(pair, (source, replica) -> end(pair, source, replica))
                    : new ScriptedAccounts(pair, (source, replica) -> comparison(pair, source, replica));
        } catch (RuntimeException failure) {
            pair.close();
            throw failure;
        }
    }

    private static ReplicationPlan whole(
            Pair pair, ExternalMySql source, ExternalMySql replica, @Nullable GuideStep pause) {
        ReplicationPlan plan = ReplicationPlan.from(source)
                .to(replica)
                .databases("web_shop")
                .replicationUserHost(LOGIN.host())
                .retainBinlogs(Duration.ofHours(48));
        for (Consent consent : pair.plan().consents()) {
            plan = plan.allow(consent);
        }
        plan = pause == null ? plan : plan.pauseBefore(pause);
        return pair.source().release() == MySqlRelease.MYSQL_5_7 ? plan.allowReplicaBinlogReset() : plan;
    }

    private static VerifyPlan comparison(Pair pair, ExternalMySql source, ExternalMySql replica) {
        return new VerifyPlan(
                whole(pair, source, replica, null).verifyAtOnePosition().allowVerificationLock());
    }

    private static EndPlan end(Pair pair, ExternalMySql source, ExternalMySql replica) {
        EndPlan end = EndPlan.of(replica)
                .source(source)
                .enableEvents()
                .dropReplicationUser(LOGIN.user(), LOGIN.host())
                .restoreRetention(Duration.ofHours(240));
        for (Consent consent : pair.plan().consents()) {
            end = end.allow(consent);
        }
        return end;
    }

    private static void fill(Pair pair) {
        pair.source()
                .execute(
                        "SET GLOBAL log_bin_trust_function_creators = ON",
                        pair.source().release() == MySqlRelease.MYSQL_5_7
                                ? "SET GLOBAL expire_logs_days = 1"
                                : "SET GLOBAL binlog_expire_logs_seconds = 86400",
                        "CREATE DATABASE other",
                        "CREATE TABLE other.t (id INT PRIMARY KEY)",
                        "CREATE DATABASE web_shop",
                        "CREATE TABLE web_shop.orders (id INT PRIMARY KEY, n INT, KEY (n))",
                        "CREATE TABLE web_shop.items (id INT PRIMARY KEY, o INT, FOREIGN KEY (o) REFERENCES web_shop.orders (id))",
                        "INSERT INTO web_shop.orders VALUES (1, 1), (2, 2)",
                        "INSERT INTO web_shop.items VALUES (1, 1)",
                        "CREATE VIEW web_shop.v AS SELECT * FROM web_shop.orders",
                        "CREATE FUNCTION web_shop.one() RETURNS INT DETERMINISTIC RETURN 1",
                        "CREATE PROCEDURE web_shop.p() SELECT 1",
                        "CREATE TRIGGER web_shop.tr BEFORE INSERT ON web_shop.orders FOR EACH ROW SET NEW.n = 1",
                        "CREATE EVENT web_shop.nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM web_shop.orders WHERE id = 0");
        pair.replica().execute("SET GLOBAL log_bin_trust_function_creators = ON");
    }

    @ParameterizedTest
    @CsvSource({
        "MYSQL_5_7,WHOLE",
        "MYSQL_8_0_31,WHOLE",
        "MYSQL_9,WHOLE",
        "MYSQL_5_7,END",
        "MYSQL_8_0_31,END",
        "MYSQL_9,END",
        "MYSQL_5_7,COMPARISON",
        "MYSQL_8_0_31,COMPARISON",
        "MYSQL_9,COMPARISON"
    })
    void theWholeRunPassesAndCanBeTakenBack(MySqlRelease release, Kind kind) throws Exception {
        try (ScriptedAccounts accounts = accounts(release, kind, null);
                Sluice sluice = accounts.sluice()) {
            CompiledPlan compiled = sluice.compile(accounts.plan());
            assertThat(compiled.fingerprint()).isEqualTo(accounts.fingerprint());
            RunResult result = sluice.start(compiled).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.verification().map(VerificationReport::isClean)).isNotEqualTo(Optional.of(false));
        }
        if (kind == Kind.WHOLE) {
            try (ScriptedAccounts accounts = accounts(release, kind, GuideStep.VERIFY);
                    Sluice sluice = accounts.sluice()) {
                assertThat(takenBack(accounts, sluice)).isEmpty();
            }
        } else if (kind == Kind.END) {
            try (ScriptedAccounts accounts = accounts(release, kind, null);
                    Sluice trusting = accounts.trusting()) {
                assertThat(abandoned(accounts, trusting)).isEmpty();
                assertThat(accounts.pair()
                                .replica()
                                .query("SELECT SERVICE_STATE FROM performance_schema.replication_applier_status"))
                        .containsExactly(List.of("ON"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MYSQL_8_0_31,WHOLE",
        "MYSQL_8_0_31,END",
        "MYSQL_5_7,WHOLE",
        "MYSQL_9,WHOLE",
        "MYSQL_5_7,END",
        "MYSQL_9,END",
        "MYSQL_5_7,COMPARISON",
        "MYSQL_8_0_31,COMPARISON",
        "MYSQL_9,COMPARISON"
    })
    void nothingOfItIsTooMuch(MySqlRelease release, Kind kind) throws Exception {
        List<Granted> all;
        try (ScriptedAccounts accounts = accounts(release, kind, null)) {
            all = accounts.granted();
        }
        List<String> tooMuch = new ArrayList<>();
        List<String> notTold = new ArrayList<>();
        for (Granted one : all) {
            String outcome = without(one, release, kind, notTold);
            System.out.println(release + " " + kind + " without " + one + ": " + outcome);
            if (outcome.isEmpty() && !isSeldomNeeded(release, kind, one)) {
                tooMuch.add(one.toString());
            }
        }
        assertThat(notTold).as("not told beforehand").isEmpty();
        assertThat(tooMuch).as("not needed").isEmpty();
    }

    private static boolean isSeldomNeeded(MySqlRelease release, Kind kind, Granted one) {
        return kind == Kind.COMPARISON
                ? isForUnusualTables(release, one)
                : one.grant().privilege().equals(FOR_WHAT_IS_RARE);
    }

    /** From 8.0.13 on tables of plain names with files of their own show their numbers to everybody; there are no others here. */
    private static boolean isForUnusualTables(MySqlRelease release, Granted one) {
        return release != MySqlRelease.MYSQL_5_7
                && one.account().role() == AccountRole.REPLICA_LOGIN
                && one.grant().privilege().equals("PROCESS");
    }

    /** How a run fails without it; empty if it does not. */
    private static String without(Granted one, MySqlRelease release, Kind kind, List<String> notTold) throws Exception {
        try (ScriptedAccounts accounts = accounts(release, kind, null);
                Sluice trusting = accounts.trusting();
                Sluice sluice = accounts.sluice()) {
            accounts.revoke(one);
            if (!isRefused(sluice, accounts.plan(), one)) {
                notTold.add(one.toString());
            }
            String failure = failure(trusting, accounts);
            if (!failure.isEmpty() || kind == Kind.COMPARISON) {
                return failure;
            }
        }
        try (ScriptedAccounts again = accounts(release, kind, GuideStep.VERIFY);
                Sluice trusting = again.trusting()) {
            again.revoke(one);
            return kind == Kind.WHOLE ? takenBack(again, trusting) : abandoned(again, trusting);
        }
    }

    /** By what the servers' facts tell, or else by the checks that every start begins with. */
    private static boolean isRefused(Sluice sluice, Plan plan, Granted one) {
        List<Problem> problems;
        try {
            problems = sluice.preflight(sluice.compile(plan)).findings().stream()
                    .filter(finding -> finding.level() == Level.ERROR || isNotLookedAt(finding))
                    .map(Finding::problem)
                    .toList();
        } catch (PlanRejectedException refused) {
            problems = refused.problems();
        }
        return problems.stream()
                .anyMatch(problem -> problem.toString().contains(one.grant().privilege()));
    }

    /** Who lacks it, and may not see whose accounts hold it, is told so by a warning: most definers hold nothing of the kind. */
    private static boolean isNotLookedAt(Finding finding) {
        return finding.check().equals("system-definers");
    }

    private static String failure(Sluice sluice, ScriptedAccounts accounts) throws InterruptedException {
        try {
            CompiledPlan compiled = sluice.compile(accounts.plan());
            if (!compiled.fingerprint().equals(accounts.fingerprint())) {
                return "would do something else";
            }
            RunResult result = sluice.start(compiled).await();
            if (result.verification().filter(report -> !report.isClean()).isPresent()) {
                return "the replica differs";
            }
            List<List<String>> there = objects(accounts.pair().replica());
            return there.equals(objects(accounts.pair().source())) ? "" : "the replica has no more than " + there;
        } catch (SluiceException failed) {
            return "fails: " + failed.getMessage();
        }
    }

    /** As root sees them: what a login cannot see is neither copied nor found missing. */
    private static List<List<String>> objects(MySqlServer server) {
        return server.query("SELECT TABLE_NAME FROM information_schema.VIEWS WHERE TABLE_SCHEMA = 'web_shop'"
                + " UNION ALL SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = 'web_shop'"
                + " UNION ALL SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = 'web_shop'"
                + " UNION ALL SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = 'web_shop'"
                + " ORDER BY 1");
    }

    /** What a run leaves behind that is cancelled late; empty if nothing. */
    private static String takenBack(ScriptedAccounts accounts, Sluice sluice) throws Exception {
        ReplicationRun run;
        try {
            run = sluice.start(sluice.compile(accounts.plan()));
        } catch (SluiceException failed) {
            return "fails: " + failed.getMessage();
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> run.status().state() == RunState.PAUSED
                        || run.completion().toCompletableFuture().isDone());
        run.cancel();
        assertThatThrownBy(run::await).isInstanceOf(SluiceException.class);
        RunResult result = run.completion().toCompletableFuture().get(30, TimeUnit.SECONDS);
        return result.left().isEmpty() ? "" : "leaves: " + result.left();
    }

    /** What is left of an end that has stopped replication, could not forget the source, and is abandoned; empty if it replicates again. */
    private static String abandoned(ScriptedAccounts accounts, Sluice sluice) throws InterruptedException {
        accounts.granted().stream()
                .filter(granted -> granted.account().role() == AccountRole.REPLICA_LOGIN
                        && granted.grant().privilege().equals("RELOAD"))
                .forEach(accounts::revoke);
        ReplicationRun run = sluice.start(sluice.compile(accounts.plan()));
        assertThatThrownBy(run::await).isInstanceOf(SluiceException.class);
        RunResult result = run.abandon();
        return result.left().isEmpty() ? "" : "leaves: " + result.left();
    }
}
