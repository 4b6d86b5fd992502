// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.error.StepException;
import dev.sluice.api.operation.Target;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.copy.CopyThrottle;
import dev.sluice.core.copy.LiveBudget;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that can make one copy pause: the application's word, then the limits that the budget has at the moment. */
final class CopyThrottles implements CopyThrottle, AutoCloseable {
    private static final String THREADS = "SHOW GLOBAL STATUS WHERE Variable_name = 'Threads_running'";

    private final CopyThrottle host;
    private final LiveBudget budget;
    private final RunServers servers;
    private final PolledServer source;
    private final Map<ReplicaEndpoint, PolledServer> replicas = new LinkedHashMap<>();
    private boolean isClosed;

    CopyThrottles(CopyThrottle host, LiveBudget budget, RunServers servers, Target readFrom) {
        this.host = host;
        this.budget = budget;
        this.servers = servers;
        this.source = new PolledServer(servers.connector(readFrom));
    }

    @Override
    public Optional<String> reasonToPause() {
        CopyBudget now = budget.now();
        Optional<String> reason = host.reasonToPause();
        if (reason.isEmpty() && now.sourceThreadsRunning() != CopyBudget.ANY_NUMBER) {
            reason = threadsRunning(now.sourceThreadsRunning());
        }
        for (CopyBudget.LagLimit limit : now.lagLimits()) {
            if (reason.isEmpty()) {
                reason = lag(limit);
            }
        }
        return reason;
    }

    private Optional<String> threadsRunning(int most) {
        try {
            long running = source.ask(session ->
                    session.queryOne(THREADS).map(row -> row.number("Value")).orElse(0L));
            return running > most
                    ? Optional.of("more than " + most + " threads are running on " + source.label())
                    : Optional.empty();
        } catch (StepException failure) {
            return Optional.of(notAsked(source, failure));
        }
    }

    private Optional<String> lag(CopyBudget.LagLimit limit) {
        PolledServer replica = replica(limit.replica());
        try {
            return reason(limit, replica.label(), replica.ask(CopyThrottles::channels));
        } catch (StepException failure) {
            return Optional.of(notAsked(replica, failure));
        }
    }

    private static List<ReplicaStatus> channels(MySqlSession session) {
        return ReplicaStatusReader.readAll(session, Dialect.of(session.version()));
    }

    /** Without numbers that change from look to look: each new reason is an event. */
    static Optional<String> reason(CopyBudget.LagLimit limit, String label, List<ReplicaStatus> channels) {
        List<Optional<Duration>> lags =
                channels.stream().map(ReplicaStatus::lag).toList();
        if (lags.isEmpty() || lags.stream().anyMatch(Optional::isEmpty)) {
            return Optional.of("replication does not run on " + label);
        }
        boolean isBehind = lags.stream().anyMatch(lag -> lag.orElseThrow().compareTo(limit.most()) > 0);
        return isBehind
                ? Optional.of(label + " is more than " + limit.most().toSeconds() + " s behind")
                : Optional.empty();
    }

    private static String notAsked(PolledServer server, StepException failure) {
        return server.label() + " cannot be asked (" + failure.code().id() + ")";
    }

    private synchronized PolledServer replica(ReplicaEndpoint endpoint) {
        PolledServer server =
                replicas.computeIfAbsent(endpoint, key -> new PolledServer(servers.connectorForLooks(key)));
        if (isClosed) {
            server.close();
        }
        return server;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        source.close();
        replicas.values().forEach(PolledServer::close);
    }
}
