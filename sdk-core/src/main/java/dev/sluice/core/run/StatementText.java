// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Sql;
import java.util.List;

/** Fills the holes of a run's statements at the moment of use. The result may hold a password: it goes to the server only. */
final class StatementText {
    private final ReplicationPassword password;
    private final SecretResolver secrets;
    private final RunMemory memory;

    StatementText(ReplicationPassword password, SecretResolver secrets, RunMemory memory) {
        this.password = password;
        this.secrets = secrets;
        this.memory = memory;
    }

    String of(Statement statement) {
        return Sql.complete(statement, secret -> password.value(), slot -> coordinates(), secrets);
    }

    /** The same for one that is carried out once for each interval of GTIDs that the server lacks. */
    List<String> forEachIntervalOf(Statement statement, ServerSession server) {
        MySqlGtidSet executed = MySqlGtidSet.parse(
                server.queryValue("SELECT @@GLOBAL.gtid_executed").orElse(""));
        MySqlGtidSet snapshot =
                coordinates().gtids().map(gtids -> (MySqlGtidSet) gtids).orElse(MySqlGtidSet.EMPTY);
        return Sql.forEachInterval(statement, snapshot.minus(executed)).stream()
                .map(this::of)
                .toList();
    }

    /** The account has been made with the password that this fills in. */
    void passwordWasSet() {
        password.wasSet();
    }

    /** Whether the password that this fills in surely is the account's: the plan's, or that of an account which this run has made. */
    boolean knowsPassword() {
        return password.isKnown();
    }

    private Coordinates coordinates() {
        Coordinates known = memory.coordinates();
        if (known == null) {
            throw new IllegalStateException("The coordinates are not known yet");
        }
        return known;
    }
}
