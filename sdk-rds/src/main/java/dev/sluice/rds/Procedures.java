// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.spi.RequiredPrivilege;
import java.util.List;
import java.util.Optional;

/**
 * The procedures by which RDS lets its customers do what needs privileges that they do not get. Their names changed between versions, so
 * that they are looked up in what the server offers and never told from its version.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-replicating.html">AWS: replication procedures</a>
 */
final class Procedures {
    static final String START = "rds_start_replication";
    static final String STOP = "rds_stop_replication";

    private static final List<String> SET_EXTERNAL = List.of("rds_set_external_source", "rds_set_external_master");
    private static final int SET_EXTERNAL_ARGUMENTS = 7;
    private static final List<String> RESET_EXTERNAL =
            List.of("rds_reset_external_source", "rds_reset_external_master");

    private Procedures() {}

    /** That which takes host, port, user, password, file, position and whether to encrypt. */
    static Optional<Routine> setExternal(ServerFacts facts) {
        return first(facts, SET_EXTERNAL, SET_EXTERNAL_ARGUMENTS);
    }

    /** That which forgets the source. */
    static Optional<Routine> resetExternal(ServerFacts facts) {
        return first(facts, RESET_EXTERNAL, 0);
    }

    private static Optional<Routine> first(ServerFacts facts, List<String> names, int arguments) {
        return names.stream()
                .flatMap(name -> facts.routine(name).stream())
                .filter(routine -> routine.parameters().size() == arguments)
                .findFirst();
    }

    /** That the server lacks a procedure; empty if it has it. */
    static Optional<Problem> missing(ServerFacts facts, String name) {
        return facts.routine(name).isPresent() ? Optional.empty() : Optional.of(missing(name, facts));
    }

    static Problem missing(String name, ServerFacts facts) {
        return Problem.of(
                RdsErrorCode.PROCEDURE_MISSING, "The server " + facts.address() + " offers no procedure mysql." + name);
    }

    static RequiredPrivilege execute(Target target) {
        return new RequiredPrivilege(target, List.of("EXECUTE"), "to call RDS's procedures");
    }
}
