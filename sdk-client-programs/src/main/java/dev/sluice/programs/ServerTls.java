// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.core.mysql.MySqlSession;

/** Whether a server offers TLS. Our own sessions use it wherever it is offered. */
enum ServerTls {
    OFFERED,
    NOT_OFFERED;

    static ServerTls of(MySqlSession session) {
        return session.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'").stream()
                        .anyMatch(row -> !row.text("Value").isEmpty())
                ? OFFERED
                : NOT_OFFERED;
    }
}
