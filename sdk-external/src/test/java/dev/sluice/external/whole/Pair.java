// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.LiveReplication;
import dev.sluice.core.Sluice;
import dev.sluice.core.SluiceBuilder;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.external.ExternalMySql;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Two real servers, wiped, and a Sluice that knows them. */
final class Pair implements AutoCloseable {
    private final SharedServers.Loan sourceLoan;
    private final SharedServers.Loan replicaLoan;
    private final UnaryOperator<SluiceBuilder> settings;
    private final Sluice sluice;

    private Pair(SharedServers.Loan sourceLoan, SharedServers.Loan replicaLoan, UnaryOperator<SluiceBuilder> settings) {
        this.sourceLoan = sourceLoan;
        this.replicaLoan = replicaLoan;
        this.settings = settings;
        this.sluice = newSluice();
    }

    /** Another one for the same servers, as another process has it; who asks for it closes it. */
    Sluice newSluice() {
        return newSluice(UnaryOperator.identity());
    }

    /** The same with more settings. */
    Sluice newSluice(UnaryOperator<SluiceBuilder> more) {
        Map<String, String> passwords = Map.of(
                "source",
                source().rootPassword(),
                "replica",
                replica().rootPassword(),
                "login",
                "Log-in-4-replicas",
                "wrong",
                "not-it");
        return more.apply(settings.apply(Sluice.builder()
                        .journal(Journal.inMemory())
                        .engines(ExternalEngine.create())
                        .secrets(SecretResolver.withNamed(passwords::get))))
                .build();
    }

    /** The same servers for a Sluice with more settings; this one is not to be used any more. */
    Pair with(UnaryOperator<SluiceBuilder> more) {
        sluice.close();
        return new Pair(sourceLoan, replicaLoan, builder -> more.apply(settings.apply(builder)));
    }

    static Pair gtid(MySqlRelease source, MySqlRelease replica) {
        return of(source, ServerOptions::gtid, replica, ServerOptions::gtid);
    }

    static Pair position(MySqlRelease source, MySqlRelease replica) {
        return of(source, Pair::withoutGtids, replica, Pair::withoutGtids);
    }

    /** From 9 on servers have GTIDs unless they are told otherwise. */
    static ServerOptions withoutGtids(ServerOptions options) {
        return options.setting("gtid_mode", "OFF").setting("enforce_gtid_consistency", "OFF");
    }

    static Pair of(
            MySqlRelease source,
            UnaryOperator<ServerOptions> sourceOptions,
            MySqlRelease replica,
            UnaryOperator<ServerOptions> replicaOptions) {
        SharedServers.Loan sourceLoan = SharedServers.ofThisJvm().borrow(source, sourceOptions);
        try {
            return new Pair(
                    sourceLoan, SharedServers.ofThisJvm().borrow(replica, replicaOptions), UnaryOperator.identity());
        } catch (RuntimeException failure) {
            sourceLoan.close();
            throw failure;
        }
    }

    MySqlServer source() {
        return sourceLoan.server();
    }

    MySqlServer replica() {
        return replicaLoan.server();
    }

    Sluice sluice() {
        return sluice;
    }

    ExternalMySql sourceEndpoint() {
        return endpoint(source(), "source");
    }

    ExternalMySql replicaEndpoint() {
        return endpoint(replica(), "replica");
    }

    static ExternalMySql endpoint(MySqlServer server, String secret) {
        return ExternalMySql.at(server.host(), server.port()).credentials(server.rootUser(), Secret.named(secret));
    }

    /** From the one to the other, with the consents that the pair's versions need. */
    ReplicationPlan plan() {
        ReplicationPlan plan = ReplicationPlan.from(sourceEndpoint()).to(replicaEndpoint());
        if (!source().release().supportsTls() || !replica().release().supportsTls()) {
            plan = plan.allowPlainText();
        }
        return replica().release() == MySqlRelease.MYSQL_9 && source().release() != MySqlRelease.MYSQL_9
                ? plan.allowUnsupportedPair()
                : plan;
    }

    RunResult run(ReplicationPlan plan, RunListener... listeners) throws InterruptedException {
        CompiledPlan compiled = sluice.compile(plan);
        return sluice.start(compiled, listeners).await();
    }

    /** Waits until the replica has everything, then compares; nothing may write on the source. */
    VerificationReport compare(ReplicationPlan plan) {
        LiveReplication live = sluice.live(plan);
        live.awaitApplied(live.sourceNow(), Duration.ofSeconds(60));
        return live.compareStandingStill();
    }

    @Override
    public void close() {
        sluice.close();
        replicaLoan.close();
        sourceLoan.close();
    }
}
