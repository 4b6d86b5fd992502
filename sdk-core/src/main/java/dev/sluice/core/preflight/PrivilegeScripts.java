// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.ExactPosition;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.privileges.AccountName;
import dev.sluice.api.privileges.AccountPrivileges;
import dev.sluice.api.privileges.AccountRole;
import dev.sluice.api.privileges.PrivilegeScript;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.dump.DumpPrograms;
import dev.sluice.core.plan.Engines;
import dev.sluice.core.plan.FactsRules;
import dev.sluice.core.plan.PlanCompiler;
import dev.sluice.core.plan.PlanContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the script that creates the accounts of a compiled plan, from the list by which missing privileges are told. */
public final class PrivilegeScripts {
    private final Engines engines;

    public PrivilegeScripts(Engines engines) {
        this.engines = engines;
    }

    /**
     * The script.
     *
     * @param sourceLogin the account to log in to the source with; null for the one that the plan's user is there
     * @param replicaLogin the same on the replica
     * @param servers asked, read-only, for whom the plan's objects are defined
     * @throws dev.sluice.api.error.StepException if that cannot be read
     */
    public PrivilegeScript write(
            CompiledPlan compiled,
            @Nullable AccountName sourceLogin,
            @Nullable AccountName replicaLogin,
            CheckServers servers) {
        PlanContext context = PlanContext.of(compiled);
        Logins logins = Logins.of(context, sourceLogin, replicaLogin);
        NewLogins newLogins = new NewLogins(context, logins.source(), logins.replica());
        List<Need> needs = needs(compiled, newLogins);
        CheckSessions sessions = new CheckSessions(servers);
        try {
            needs.addAll(DefinerNeeds.of(new CheckContext(compiled, newLogins, sessions)));
        } finally {
            sessions.close();
        }
        return new PrivilegeScriptValue(accounts(compiled, context, logins, needs));
    }

    private List<Need> needs(CompiledPlan compiled, NewLogins context) {
        List<Need> needs = new ArrayList<>(PlanNeeds.of(context, required(compiled)));
        if (isHeldUpByGlobalLock(compiled)) {
            needs.removeIf(need -> need.privilege().equals("LOCK TABLES") && need.target() == Target.SOURCE);
            needs.add(Need.everywhere(Target.SOURCE, "hold writers up while snapshots open", "RELOAD", "FLUSH_TABLES"));
        }
        return needs;
    }

    /** What the steps declare: they are compiled once more, by rules that only listen. Programs log in as Sluice does. */
    private List<RequiredPrivilege> required(CompiledPlan compiled) {
        Declared declared = new Declared();
        new PlanCompiler(engines, declared, DumpPrograms.NONE)
                .draft(compiled.plan(), compiled.sourceFacts().orElse(null), compiled.replicaFacts());
        return declared.privileges;
    }

    /** Keeps what steps declare, and finds nothing wrong. */
    private static final class Declared implements FactsRules {
        private final List<RequiredPrivilege> privileges = new ArrayList<>();

        @Override
        public List<Problem> problems(StepContext context) {
            return List.of();
        }

        @Override
        public List<Problem> missingPrivileges(StepContext context, List<RequiredPrivilege> required) {
            privileges.addAll(required);
            return List.of();
        }
    }

    /** Where the plan tries it first: LOCK TABLES, which can take its place, makes readers wait as well. */
    private static boolean isHeldUpByGlobalLock(CompiledPlan compiled) {
        return operations(compiled).stream()
                .map(PrivilegeScripts::locks)
                .anyMatch(locks -> locks.indexOf(LockKind.GLOBAL_READ_LOCK) == 0);
    }

    private static List<LockKind> locks(Operation operation) {
        if (operation instanceof SnapshotOperation snapshot) {
            return snapshot.locks();
        }
        return operation instanceof VerifyOperation comparison
                ? comparison.exact().map(ExactPosition::locks).orElse(List.of())
                : List.of();
    }

    private static List<Operation> operations(CompiledPlan compiled) {
        return compiled.steps().stream()
                .flatMap(step -> step.operations().stream())
                .toList();
    }

    private static List<AccountPrivileges> accounts(
            CompiledPlan compiled, StepContext context, Logins logins, List<Need> needs) {
        List<AccountPrivileges> accounts = new ArrayList<>();
        if (context.findSource().isPresent()) {
            accounts.add(
                    LoginScript.of(AccountRole.SOURCE_LOGIN, logins, Labels.source(context), context.source(), needs));
        }
        accounts.add(
                LoginScript.of(AccountRole.REPLICA_LOGIN, logins, Labels.replica(context), context.replica(), needs));
        ReplicationLogin.of(compiled, context).ifPresent(accounts::add);
        return accounts;
    }
}
