// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.facts.ServerIdentity;
import dev.sluice.api.spi.Failovers;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Failovers of RDS and Aurora. The standby of a Multi-AZ instance comes up with the same volume, and so the same UUID, on another host; the
 * writer of an Aurora cluster becomes another instance. Each says itself who it is, and whether it takes changes. Thread-safe.
 */
public final class ManagedFailovers implements Failovers {
    private final ManagedKind kind;
    private final BiFunction<Endpoint, Instant, List<String>> events;

    /** @param events what AWS tells of failovers of an endpoint's server since then; none where nobody can be asked */
    public ManagedFailovers(ManagedKind kind, BiFunction<Endpoint, Instant, List<String>> events) {
        this.kind = requireNonNull(kind, "kind");
        this.events = requireNonNull(events, "events");
    }

    @Override
    public ServerIdentity identity(ServerSession replica) {
        Row row = replica.queryOne("SELECT @@GLOBAL.server_uuid AS uuid, @@GLOBAL.hostname AS host,"
                        + " @@GLOBAL.innodb_read_only AS fixed")
                .orElseThrow(() -> unknown("its own variables"));
        String host = row.find("host").orElse("");
        return new ServerIdentity(
                row.text("uuid"),
                replica.queryOne("SHOW GLOBAL VARIABLES LIKE 'aurora_server_id'")
                        .flatMap(one -> one.find("Value"))
                        .filter(name -> !name.isEmpty())
                        .orElse(host),
                !row.text("fixed").equals("1"),
                up(replica));
    }

    private static Duration up(ServerSession replica) {
        return replica.queryOne("SHOW GLOBAL STATUS LIKE 'Uptime'")
                .map(row -> Duration.ofSeconds(row.number("Value")))
                .orElseThrow(() -> unknown("for how long it has been running"));
    }

    private static StepUnavailableException unknown(String what) {
        return new StepUnavailableException(Problem.of(ManagedErrorCode.NO_ANSWER, "The replica does not say " + what));
    }

    @Override
    public List<String> toldSince(Endpoint replica, Instant since) {
        return events.apply(replica, since);
    }

    @Override
    public Step recovery() {
        return new RecoverReplication(kind);
    }
}
