// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerifyPlan;
import dev.sluice.api.preflight.CheckDescription;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.plan.FactsRules;
import dev.sluice.core.preflight.MissingPrivileges.Login;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rules that the servers of every plan are judged by, whatever their engines. Immutable and thread-safe. */
public final class ServerRules implements FactsRules {
    /** In the order in which problems are told. */
    static final List<FactsRule> RULES = List.of(
            new CreatedReplica(),
            new SameServer(),
            new Circle(),
            new ReplicaFollowsAnother(),
            new NoTls(),
            new SourceNewer(),
            new PairNotAdjacent(),
            new GtidNotOn(),
            new GtidModesClash(),
            new ReplicaAhead(),
            new RelayNotLogged(),
            new ForeignStart(),
            new StartWithoutGtids(),
            new ScopeEmpty(),
            new DatabaseUnknown(),
            new NameCase(),
            new NotTransactional(),
            new ReplicaReadOnly(),
            new AccountHostByName(),
            new SourcePatchNewer(),
            new GtidModesLoose(),
            new GtidConsistency(),
            new RelayOrder(),
            new LogNotUnderstood(),
            new SourceNotDurable(),
            new ChecksumOff(),
            new ReplicaNotCrashSafe(),
            new SingleApplier(),
            new OwnTransactions(),
            new TlsVersions(),
            new PagesSmaller(),
            new PacketSmaller(),
            new DefaultEngine(),
            new PasswordsInLog(),
            new LocalSourceAddress(),
            new LocalInfileOff(),
            new RedoLogStaysOn(),
            new ReachUnproven(),
            SettingsDiffer.sqlMode(),
            SettingsDiffer.timeZone(),
            SettingsDiffer.characterSet());

    /** What is not there, or not shown, cannot be found different. */
    private static final List<FactsRule> OF_COMPARISONS = List.of(new ScopeEmpty(), new DatabaseUnknown());

    /** Those that a plan of this kind is judged by. */
    static List<FactsRule> of(Plan plan) {
        if (plan instanceof ReplicationPlan) {
            return RULES;
        }
        return plan instanceof VerifyPlan ? OF_COMPARISONS : List.of();
    }

    @Override
    public List<Problem> problems(StepContext context) {
        Stream<Problem> ofRules = of(context.plan()).stream()
                .filter(rule -> rule.level() == Level.ERROR)
                .flatMap(rule -> rule.problems(context).stream());
        return context.plan() instanceof ReplicationPlan
                ? ofRules.toList()
                : Stream.concat(EndOfAnother.problems(context).stream(), ofRules)
                        .toList();
    }

    @Override
    public List<CheckDescription> checks() {
        return Stream.concat(RULES.stream(), LiveChecks.known().stream())
                .map(Described::description)
                .toList();
    }

    /** What does not make the plan impossible, for preflight to tell. */
    List<Finding> findings(StepContext context, Skipping skipping) {
        return of(context.plan()).stream()
                .filter(rule -> rule.level() != Level.ERROR)
                .filter(rule -> !skipping.leavesOut(rule.id(), rule.canBeSkipped()))
                .flatMap(rule -> findings(rule, context))
                .toList();
    }

    private static Stream<Finding> findings(FactsRule rule, StepContext context) {
        return rule.problems(context).stream().map(problem -> new Finding(rule.id(), rule.level(), problem));
    }

    @Override
    public List<Problem> missingPrivileges(StepContext context, List<RequiredPrivilege> required) {
        List<Need> needs = PlanNeeds.of(context, required);
        Plan plan = context.plan();
        List<Problem> missing = new ArrayList<>();
        plan.findSource()
                .ifPresent(source -> missing.addAll(missing(
                        Target.SOURCE,
                        context.source(),
                        login(source.credentials().user(), Labels.source(context)),
                        needs)));
        missing.addAll(missing(
                Target.REPLICA,
                context.replica(),
                login(plan.replica().credentials().user(), Labels.replica(context)),
                needs));
        return missing;
    }

    private static List<Problem> missing(Target target, ServerFacts server, Login login, List<Need> needs) {
        return MissingPrivileges.on(target, server, login, needs);
    }

    private static Login login(String user, String label) {
        return new Login(user, label);
    }
}
