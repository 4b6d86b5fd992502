// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.MySqlSession;
import java.util.stream.Collectors;

/** The server's warnings about the last statement: numbers only, since their texts quote values. */
final class Warnings {
    private Warnings() {}

    static String of(MySqlSession session) {
        String codes = session.query("SHOW WARNINGS LIMIT 5").stream()
                .map(row -> row.text("Code"))
                .distinct()
                .collect(Collectors.joining(", "));
        return codes.isEmpty() ? "" : " (MySQL " + codes + ")";
    }
}
