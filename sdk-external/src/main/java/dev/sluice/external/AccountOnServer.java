// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import java.util.Locale;
import java.util.Optional;

/**
 * An account as the source's table {@code mysql.user} has it.
 *
 * @param replicates whether it holds REPLICATION SLAVE
 * @param tls {@code ""} for none, {@code ANY}, {@code X509} or {@code SPECIFIED}
 * @param locked whether nobody can log in with it
 */
record AccountOnServer(boolean replicates, String tls, boolean locked) {
    static Optional<AccountOnServer> find(ServerSession source, ReplicationAccount account) {
        return source.queryOne(
                        "SELECT Repl_slave_priv AS replicates, ssl_type AS tls, account_locked AS locked FROM mysql.user"
                                + " WHERE User = " + Quote.literal(account.user())
                                + " AND Host = "
                                + Quote.literal(account.host().orElseThrow().toLowerCase(Locale.ROOT)))
                .map(AccountOnServer::of);
    }

    private static AccountOnServer of(Row row) {
        return new AccountOnServer(
                row.text("replicates").equals("Y"),
                row.find("tls").orElse(""),
                row.text("locked").equals("Y"));
    }

    boolean needsCertificate() {
        return tls.equals("X509") || tls.equals("SPECIFIED");
    }

    boolean needsTls() {
        return !tls.isEmpty();
    }
}
