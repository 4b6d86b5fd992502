// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.operation.Statement;
import dev.sluice.core.mysql.Sql;

/** Fills the holes of a run's statements at the moment of use. The result may hold a password: it goes to the server only. */
final class StatementText {
    private final ReplicationPassword password;
    private final RunMemory memory;

    StatementText(ReplicationPassword password, RunMemory memory) {
        this.password = password;
        this.memory = memory;
    }

    String of(Statement statement) {
        return Sql.complete(statement, secret -> password.value(), slot -> coordinates());
    }

    private Coordinates coordinates() {
        Coordinates known = memory.coordinates();
        if (known == null) {
            throw new IllegalStateException("The coordinates are not known yet");
        }
        return known;
    }
}
