// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** A scope that names something holds something. */
final class ScopeEmpty implements FactsRule {
    @Override
    public String id() {
        return "scope-empty";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.SCOPE_EMPTY;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        Scope scope = context.replication().scope();
        boolean holdsSomething = !scope.isNamed()
                || scope.databases().stream().anyMatch(scope::includesWhole)
                || scope.tables().stream().anyMatch(scope::includes);
        return holdsSomething
                ? List.of()
                : List.of(Problem.of(code(), "Everything that the scope names is left out again: " + scope));
    }
}
