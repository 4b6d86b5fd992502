// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.MySqlSession;
import java.util.List;

/** The server's warnings about the last statement: numbers only, since their texts quote values. */
final class Warnings {
    /** Data truncated for a column: what an ENUM's error value makes. */
    static final String TRUNCATED = "1265";

    private Warnings() {}

    /** Their numbers, each once. */
    static List<String> kinds(MySqlSession session) {
        return session.query("SHOW WARNINGS").stream()
                .map(row -> row.text("Code"))
                .distinct()
                .toList();
    }
}
