// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.LiveReplication;
import dev.sluice.core.Sluice;
import dev.sluice.core.SluiceBuilder;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.external.ExternalMySql;
import dev.sluice.external.TwoServers;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Two real servers, wiped, and a Sluice that knows them. */
final class Pair implements AutoCloseable {
    private final TwoServers servers;
    private final UnaryOperator<SluiceBuilder> settings;
    private final Sluice sluice;

    private Pair(TwoServers servers, UnaryOperator<SluiceBuilder> settings) {
        this.servers = servers;
        this.settings = settings;
        this.sluice = newSluice();
    }

    /** Another one for the same servers, as another process has it; who asks for it closes it. */
    Sluice newSluice() {
        return newSluice(UnaryOperator.identity());
    }

    /** The same with more settings. */
    Sluice newSluice(UnaryOperator<SluiceBuilder> more) {
        Map<String, String> passwords = new HashMap<>(servers.passwords());
        passwords.put("login", "Log-in-4-replicas");
        passwords.put("wrong", "not-it");
        return more.apply(settings.apply(Sluice.builder()
                        .journal(Journal.inMemory())
                        .engines(ExternalEngine.create())
                        .secrets(SecretResolver.withNamed(passwords::get))))
                .build();
    }

    /** The same servers for a Sluice with more settings; this one is not to be used any more. */
    Pair with(UnaryOperator<SluiceBuilder> more) {
        sluice.close();
        return new Pair(servers, builder -> more.apply(settings.apply(builder)));
    }

    static Pair gtid(MySqlRelease source, MySqlRelease replica) {
        return of(source, ServerOptions::gtid, replica, ServerOptions::gtid);
    }

    static Pair position(MySqlRelease source, MySqlRelease replica) {
        return of(source, TwoServers::withoutGtids, replica, TwoServers::withoutGtids);
    }

    static Pair of(
            MySqlRelease source,
            UnaryOperator<ServerOptions> sourceOptions,
            MySqlRelease replica,
            UnaryOperator<ServerOptions> replicaOptions) {
        return new Pair(TwoServers.borrow(source, sourceOptions, replica, replicaOptions), UnaryOperator.identity());
    }

    MySqlServer source() {
        return servers.source();
    }

    MySqlServer replica() {
        return servers.replica();
    }

    Sluice sluice() {
        return sluice;
    }

    ExternalMySql sourceEndpoint() {
        return servers.sourceEndpoint();
    }

    ExternalMySql replicaEndpoint() {
        return servers.replicaEndpoint();
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
        servers.close();
    }
}
