// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.operation.OperationSecret;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Statement.CoordinatesHole.Field;

/**
 * Writes the statement that points a replication channel at its source, in the words of the replica's version. Each method adds
 * an option. Not thread-safe.
 */
public final class ChangeSource {
    private final Dialect dialect;
    private final String channel;
    private final Sql.Builder sql;
    private boolean first = true;

    ChangeSource(Dialect dialect, String channel) {
        this.dialect = dialect;
        this.channel = channel;
        this.sql = Sql.text(dialect.changeSourceVerb());
    }

    /** Where the replica reaches its source. */
    public ChangeSource source(ServerAddress address) {
        return literal("SOURCE_HOST", address.host()).number("SOURCE_PORT", address.port());
    }

    /** Who the replica logs in as; the password is filled in when the statement runs. */
    public ChangeSource login(String user, OperationSecret password) {
        literal("SOURCE_USER", user);
        option("SOURCE_PASSWORD").secret(password);
        return this;
    }

    /** Starts at the file and offset that the slot holds when the statement runs; follows no GTIDs. */
    public ChangeSource startAt(Slot<Coordinates> slot) {
        option("SOURCE_LOG_FILE").coordinates(slot, Field.FILE);
        option("SOURCE_LOG_POS").coordinates(slot, Field.POSITION);
        return number("SOURCE_AUTO_POSITION", 0);
    }

    /** Fetches whatever GTIDs the replica does not have. */
    public ChangeSource followGtids() {
        return number("SOURCE_AUTO_POSITION", 1);
    }

    /** Encrypts, without looking at the source's certificate. */
    public ChangeSource encrypt() {
        return number("SOURCE_SSL", 1);
    }

    /**
     * Encrypts, and believes certificates of this authority only.
     *
     * @param ca a PEM file as the <em>replica's</em> server sees it
     */
    public ChangeSource encryptAndVerify(String ca) {
        return encrypt().literal("SOURCE_SSL_CA", ca);
    }

    /** Also checks that the certificate was made for the host's name; after {@link #encryptAndVerify}. */
    public ChangeSource verifyHostName() {
        return number("SOURCE_SSL_VERIFY_SERVER_CERT", 1);
    }

    /** No encryption; where the version can, the password is protected by a key that the source sends. */
    public ChangeSource plainText() {
        number("SOURCE_SSL", 0);
        return dialect.asksForPublicKey() ? number("GET_SOURCE_PUBLIC_KEY", 1) : this;
    }

    /** Any other option with a number, by its current name, such as {@code SOURCE_CONNECT_RETRY}. */
    public ChangeSource number(String option, long value) {
        option(option).number(value);
        return this;
    }

    /** Any other option with a text, by its current name, such as {@code SOURCE_BIND}. */
    public ChangeSource literal(String option, String value) {
        option(option).literal(value);
        return this;
    }

    private Sql.Builder option(String current) {
        sql.text((first ? "" : ", ") + dialect.option(current) + " = ");
        first = false;
        return sql;
    }

    /** The finished statement. This object must not be used after this. */
    public Statement build() {
        return sql.text(Dialect.forChannel(channel)).build();
    }
}
