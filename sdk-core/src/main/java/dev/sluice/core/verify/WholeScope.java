// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.verify.TableComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks, before anything is compared, whether both users see all that the scope holds: what neither of them sees would be told to be equal.
 * Immutable.
 *
 * @param scope what is compared
 * @param source what is seen of it on the source
 * @param replica what is seen of it on the replica
 */
record WholeScope(Scope scope, SeenServer source, SeenServer replica) {
    static WholeScope read(SessionPair sessions, Scope scope) {
        return new WholeScope(
                scope,
                SeenServer.read(
                        "source", sessions.source(), sessions.source().session().version(), scope),
                SeenServer.read(
                        "replica",
                        sessions.replica(),
                        sessions.replica().session().version(),
                        scope));
    }

    /**
     * Goes on if both users see all that they have to.
     *
     * @throws StepRefusedException if neither server shows a database that the scope names, or a user lacks what it takes to see all tables,
     *     triggers, routines or events
     */
    WholeScope require() {
        Set<String> named = named();
        List<String> nowhere = named.stream()
                .filter(database -> !source.databases().contains(database)
                        && !replica.databases().contains(database))
                .toList();
        if (!nowhere.isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    VerifyCode.NOWHERE,
                    "The scope names " + nowhere + ", which neither server shows to its user; nothing was compared"));
        }
        Set<String> compared = compared(named);
        List<String> lacks = new ArrayList<>(source.lacksIn(scope, compared));
        if (!scope.isNamed() && !source.seesEveryDatabase()) {
            lacks.add("on the source SHOW DATABASES or SELECT ON *.*, for a scope that names none");
        }
        lacks.addAll(replica.lacksIn(scope, compared));
        if (!lacks.isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    VerifyCode.NOT_ALL_SEEN,
                    "Nothing was compared, as something might be there that a user does not see, who lacks "
                            + String.join("; ", lacks)));
        }
        return this;
    }

    private Set<String> named() {
        return Stream.concat(scope.databases().stream(), scope.tables().stream().map(TableName::database))
                .filter(scope::touches)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The databases in which something could be overlooked. One that only one server shows is told as a difference, unless a privilege on
     * everything was revoked there, which may hide it.
     */
    private Set<String> compared(Set<String> named) {
        Set<String> compared = new TreeSet<>(source.databases());
        compared.retainAll(replica.databases());
        compared.addAll(source.grants().partlyRevokedOn());
        compared.addAll(replica.grants().partlyRevokedOn());
        compared.addAll(named);
        // Of Sluice's own making, and so without anything but a table.
        compared.remove(HeartbeatPlan.DATABASE);
        compared.removeIf(database -> !scope.touches(database));
        return compared;
    }

    /** The tables and views that the scope names and neither server has: nobody can tell whether something else was meant. */
    List<TableComparison> shownByNeither() {
        return scope.tables().stream()
                .filter(scope::includes)
                .filter(table ->
                        !source.tables().contains(table) && !replica.tables().contains(table))
                .map(table -> new TableComparison(
                        table,
                        TableComparison.Result.UNDECIDED,
                        0,
                        0,
                        0,
                        0,
                        List.of("the scope names it, and neither server has it"),
                        List.of()))
                .toList();
    }
}
