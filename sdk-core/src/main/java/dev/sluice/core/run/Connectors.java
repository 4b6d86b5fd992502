// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.error.EngineException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.dump.DumpEnd;
import dev.sluice.core.mysql.ConnectionSource;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.plan.Engines;
import dev.sluice.core.plan.PlanCode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes connectors for endpoints from what the host gave. Immutable and thread-safe.
 *
 * @param engines look endpoints' addresses up
 * @param secrets resolves passwords, each time a connection is opened
 * @param sources the host's own ways to connect, by name
 */
public record Connectors(Engines engines, SecretResolver secrets, Map<String, ConnectionSource> sources) {
    /** Whether rows and passwords may travel unencrypted where a server has no TLS. */
    public enum PlainText {
        ALLOWED,
        REFUSED;

        /** As a plan with these consents has it. */
        static PlainText of(Set<Consent> consents) {
            return consents.contains(Consent.PLAIN_TEXT) ? ALLOWED : REFUSED;
        }
    }

    public Connectors {
        sources = Map.copyOf(sources);
    }

    /** A connector to the endpoint, whose sessions carry these attributes. Nothing is connected yet. */
    public MySqlConnector to(Endpoint endpoint, PlainText plainText, Map<String, String> attributes) {
        return to(endpoint, plainText, attributes, MySqlConnector.DEFAULT_CONTROL_TIMEOUT);
    }

    /**
     * The same with a patience of its own.
     *
     * @param answer how long a session waits for the answer to a statement that looks or changes something
     */
    MySqlConnector to(Endpoint endpoint, PlainText plainText, Map<String, String> attributes, Duration answer) {
        return to(endpoint, plainText, attributes, answer, session -> {});
    }

    /**
     * The same for a run.
     *
     * @param opened looks, each time that a session was opened, whether it may be used
     */
    MySqlConnector to(
            Endpoint endpoint,
            PlainText plainText,
            Map<String, String> attributes,
            Duration answer,
            Consumer<MySqlSession> opened) {
        return to(endpoint, endpoint.credentials(), plainText, attributes, answer, opened);
    }

    /** A connector to the source as the replication account, whose password the plan names. */
    MySqlConnector as(ReplicationAccount account, Endpoint source, PlainText plainText) {
        Credentials login = new Credentials(account.user(), account.password().orElseThrow());
        return to(source, login, plainText, Map.of(), MySqlConnector.DEFAULT_CONTROL_TIMEOUT, session -> {});
    }

    private MySqlConnector to(
            Endpoint endpoint,
            Credentials login,
            PlainText plainText,
            Map<String, String> attributes,
            Duration answer,
            Consumer<MySqlSession> opened) {
        MySqlConnector.Builder builder = MySqlConnector.builder()
                .address(address(endpoint))
                .user(login.user())
                .password(() -> secrets.resolve(login.password()))
                .label(endpoint.label())
                .tls(endpoint.tls())
                .controlTimeout(answer)
                .whenOpened(opened)
                .attributes(attributes);
        if (mayBePlain(endpoint, plainText)) {
            builder.allowPlainText();
        }
        endpoint.connectionSource().ifPresent(name -> builder.connectionSource(named(name)));
        return builder.build();
    }

    /** Where an endpoint answers; its engine looks it up where it does not say so itself. */
    ServerAddress address(Endpoint endpoint) {
        return endpoint.address().orElseGet(() -> engines.of(endpoint).locate(endpoint));
    }

    /** The same server for client programs, which log in by themselves. */
    DumpEnd forPrograms(
            Endpoint endpoint, PlainText plainText, Map<String, String> attributes, Consumer<MySqlSession> opened) {
        return new DumpEnd(
                to(endpoint, plainText, attributes, MySqlConnector.DEFAULT_CONTROL_TIMEOUT, opened),
                endpoint.credentials().user(),
                () -> password(endpoint),
                endpoint.tls(),
                mayBePlain(endpoint, plainText) ? DumpEnd.PlainText.ALLOWED : DumpEnd.PlainText.REFUSED);
    }

    /** Where a certificate is to be verified, somebody on the way who says that there is no TLS must not be believed. */
    private static boolean mayBePlain(Endpoint endpoint, PlainText plainText) {
        return plainText == PlainText.ALLOWED
                && endpoint.tls().verification() == Tls.Verification.NONE_DANGEROUS_WHERE_THE_NETWORK_IS_NOT_TRUSTED;
    }

    private String password(Endpoint endpoint) {
        return secrets.resolve(endpoint.credentials().password());
    }

    private ConnectionSource named(String name) {
        ConnectionSource source = sources.get(name);
        if (source == null) {
            throw new EngineException(Problem.of(
                    PlanCode.CONNECTION_SOURCE_UNKNOWN,
                    "No connection source is named " + name + " among " + sources.keySet()));
        }
        return source;
    }
}
