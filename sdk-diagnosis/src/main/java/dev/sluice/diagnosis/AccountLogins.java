// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.mysql.Grants;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.Optional;

/** Who is logged in on the source by the name of the replication account. Who is not connected at the moment is not seen. */
final class AccountLogins {
    private AccountLogins() {}

    /** How many are logged in besides this replica; empty if the source does not show it. */
    static Optional<Long> ofOthers(Symptoms symptoms) {
        try {
            return query(symptoms)
                    .flatMap(query -> symptoms.sourceSession().flatMap(source -> source.queryValue(query)))
                    .map(Long::parseLong);
        } catch (StepRefusedException notForThisUser) {
            return Optional.empty();
        }
    }

    /** For remedies after which nobody else can log in. */
    static List<Remedy.Condition> nobodyElse(Symptoms symptoms) {
        return query(symptoms)
                .map(query -> List.of(new Remedy.Condition(
                        Target.SOURCE,
                        new OnlyIf(query, "0"),
                        "somebody else is logged in on the source by the name of the replication account, or a session of the replica has not"
                                + " ended there yet")))
                .orElse(List.of());
    }

    /** Replicas tell their UUID in a variable of their session, which is kept until the source notices that the session has ended. */
    private static Optional<String> query(Symptoms symptoms) {
        String user = Quote.literal(symptoms.channel().orElseThrow().user());
        String replica = Quote.literal(symptoms.replica().serverUuid());
        return symptoms.source().flatMap(source -> query(source, user, replica));
    }

    private static Optional<String> query(ServerFacts source, String user, String replica) {
        if (source.isOn("performance_schema")) {
            return Optional.of("SELECT COUNT(*) FROM performance_schema.threads t"
                    + " LEFT JOIN performance_schema.user_variables_by_thread v ON v.THREAD_ID = t.THREAD_ID"
                    + " AND v.VARIABLE_NAME IN ('slave_uuid', 'replica_uuid')"
                    + " AND CONVERT(v.VARIABLE_VALUE USING utf8mb4) = " + replica
                    + " WHERE t.PROCESSLIST_USER = " + user + " AND v.THREAD_ID IS NULL");
        }
        // Without PROCESS the list holds one's own sessions only.
        return Grants.parse(source.grants()).has("PROCESS")
                ? Optional.of("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = " + user)
                : Optional.empty();
    }
}
