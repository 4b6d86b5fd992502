// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.facts;

import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one server said about itself when it was asked, read-only. Plans are compiled from facts alone, so that they compile and
 * explain without a server. Immutable and thread-safe.
 *
 * @param engine the engine that asked
 * @param address where this JVM reached it
 * @param version the base MySQL version
 * @param serverUuid {@code @@server_uuid}
 * @param serverId {@code @@server_id}
 * @param tlsOffered whether connections can be encrypted
 * @param variables the global variables that matter, by lower-case name, in the server's spelling of values
 * @param routines the {@code mysql.rds_*} procedures that it offers; empty on a self-managed server
 * @param grants the lines of {@code SHOW GRANTS} with all the user's roles active, as they came
 * @param accounts accounts as {@code 'user'@'host'}, empty if the user may not see them
 * @param databases the names of all databases but the system schemas
 * @param tablesNotTransactional up to 1,000 tables with another engine than InnoDB, as {@code db.table (ENGINE)}
 * @param channels the replication channels configured on it
 * @param attachedReplicas server ids of the replicas that are connected to it
 * @param gtidExecuted {@code @@gtid_executed} on one line, or {@code ""}
 * @param events up to 1,000 events, as far as the user may see them
 */
public record ServerFacts(
        EngineId engine,
        ServerAddress address,
        ServerVersion version,
        String serverUuid,
        long serverId,
        boolean tlsOffered,
        Map<String, String> variables,
        List<Routine> routines,
        List<String> grants,
        List<String> accounts,
        List<String> databases,
        List<TableEngine> tablesNotTransactional,
        List<ChannelFacts> channels,
        List<Long> attachedReplicas,
        String gtidExecuted,
        List<EventFacts> events) {
    private static final String EXPECTED = "sluice.expected";
    private static final String LASTING_ID = "sluice.lasting_id";

    public ServerFacts {
        variables = Map.copyOf(variables);
        routines = List.copyOf(routines);
        grants = List.copyOf(grants);
        accounts = List.copyOf(accounts);
        databases = List.copyOf(databases);
        tablesNotTransactional = List.copyOf(tablesNotTransactional);
        channels = List.copyOf(channels);
        attachedReplicas = List.copyOf(attachedReplicas);
        events = List.copyOf(events);
    }

    /** The same facts with more variables, which replace those of the same names. */
    public ServerFacts plusVariables(Map<String, String> more) {
        Map<String, String> all = new java.util.HashMap<>(variables);
        all.putAll(more);
        return new ServerFacts(
                engine,
                address,
                version,
                serverUuid,
                serverId,
                tlsOffered,
                all,
                routines,
                grants,
                accounts,
                databases,
                tablesNotTransactional,
                channels,
                attachedReplicas,
                gtidExecuted,
                events);
    }

    /** The same facts with these procedures. */
    public ServerFacts withRoutines(List<Routine> known) {
        return new ServerFacts(
                engine,
                address,
                version,
                serverUuid,
                serverId,
                tlsOffered,
                variables,
                known,
                grants,
                accounts,
                databases,
                tablesNotTransactional,
                channels,
                attachedReplicas,
                gtidExecuted,
                events);
    }

    /**
     * What a whole copy of this server, which is still to be made, will say about itself: accounts, procedures and settings are the copied
     * ones, nothing replicates to or from it, and its databases are the business of whoever makes it. It has no identity yet. The address is
     * this server's, since nobody knows the copy's.
     *
     * @param kind the copy's engine
     */
    public ServerFacts expectedOfCopy(EngineId kind) {
        return expectedOfCopy(kind, routines);
    }

    /**
     * The same of a copy that becomes another kind of server.
     *
     * @param kind the copy's engine
     * @param procedures the {@code mysql.rds_*} procedures that it will offer
     */
    public ServerFacts expectedOfCopy(EngineId kind, List<Routine> procedures) {
        Map<String, String> all = new java.util.HashMap<>(variables);
        all.put(EXPECTED, "1");
        return new ServerFacts(
                kind,
                address,
                version,
                "",
                0,
                tlsOffered,
                all,
                procedures,
                grants,
                accounts,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of());
    }

    /**
     * What its provider calls it for as long as it exists, whatever it is renamed to and whichever instance is the writer; empty if nobody was
     * asked.
     */
    public Optional<String> lastingId() {
        return variable(LASTING_ID).filter(id -> !id.isEmpty());
    }

    /** The same facts of a server that its provider calls so for as long as it exists. */
    public ServerFacts withLastingId(String id) {
        return plusVariables(Map.of(LASTING_ID, id));
    }

    /** Whether no server has said this: it is what is expected of one that the plan creates. */
    public boolean isExpected() {
        return isOn(EXPECTED);
    }

    /** The same facts with these events. */
    public ServerFacts withEvents(List<EventFacts> known) {
        return new ServerFacts(
                engine,
                address,
                version,
                serverUuid,
                serverId,
                tlsOffered,
                variables,
                routines,
                grants,
                accounts,
                databases,
                tablesNotTransactional,
                channels,
                attachedReplicas,
                gtidExecuted,
                known);
    }

    /** The same facts of a server with these replication channels and no others. */
    public ServerFacts withChannels(List<ChannelFacts> configured) {
        return new ServerFacts(
                engine,
                address,
                version,
                serverUuid,
                serverId,
                tlsOffered,
                variables,
                routines,
                grants,
                accounts,
                databases,
                tablesNotTransactional,
                configured,
                attachedReplicas,
                gtidExecuted,
                events);
    }

    /** The same facts of a login with these lines of {@code SHOW GRANTS}. */
    public ServerFacts withGrants(List<String> lines) {
        return new ServerFacts(
                engine,
                address,
                version,
                serverUuid,
                serverId,
                tlsOffered,
                variables,
                routines,
                lines,
                accounts,
                databases,
                tablesNotTransactional,
                channels,
                attachedReplicas,
                gtidExecuted,
                events);
    }

    /** A global variable, if this server has it. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether a switch is on, in any of the server's spellings ({@code ON}, {@code 1}). Absent is off. */
    public boolean isOn(String name) {
        return variable(name)
                .filter(v -> v.equalsIgnoreCase("ON") || v.equals("1"))
                .isPresent();
    }

    /** Whether all transactions of this server have GTIDs and auto-positioning works. */
    public boolean gtidsOn() {
        return variable("gtid_mode").filter("ON"::equalsIgnoreCase).isPresent();
    }

    /** The procedure of this name in schema {@code mysql}, if the server offers it. */
    public Optional<Routine> routine(String name) {
        return routines.stream().filter(r -> r.name().equalsIgnoreCase(name)).findFirst();
    }
}
