// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerifyPlan;
import dev.sluice.api.preflight.CheckDescription;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.core.dump.DumpPrograms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a plan for servers as their facts describe them. Pure: asks no server, and equal arguments give equal plans. Throws
 * all problems in one exception.
 */
public final class PlanCompiler {
    private final Engines engines;
    private final FactsRules rules;
    private final DumpPrograms programs;

    /**
     * A compiler.
     *
     * @param rules what must hold for the two servers, whatever their engines
     * @param programs those that copy where a plan says so
     */
    public PlanCompiler(Engines engines, FactsRules rules, DumpPrograms programs) {
        this.engines = engines;
        this.rules = rules;
        this.programs = programs;
    }

    /**
     * Compiles a plan.
     *
     * @param source the source's facts; null only for an end plan that has no source
     * @throws PlanRejectedException with everything that is wrong
     */
    public CompiledPlan compile(Plan plan, @Nullable ServerFacts source, ServerFacts replica) {
        return draft(plan, source, replica).orThrow();
    }

    /** The same without an exception, for who has more to say about the plan. */
    public CompiledDraft draft(Plan plan, @Nullable ServerFacts source, ServerFacts replica) {
        if (plan instanceof ReplicationPlan replication) {
            if (source == null) {
                throw new IllegalArgumentException("A replication plan needs the source's facts");
            }
            return draft(replication, PlanContext.of(replication, source, replica));
        }
        if (plan instanceof PausePlan pause) {
            return draft(PlanContext.of(pause, source, replica), StepOrder.of(pause, engines), List.of());
        }
        if (plan instanceof VerifyPlan verify) {
            if (source == null) {
                throw new IllegalArgumentException("A comparison needs the source's facts");
            }
            return draft(PlanContext.of(verify, source, replica), StepOrder.of(verify, engines), List.of());
        }
        if (plan instanceof HeartbeatPlan heartbeat) {
            if (source == null) {
                throw new IllegalArgumentException("A heartbeat needs the source's facts");
            }
            return draft(PlanContext.of(heartbeat, source, replica), StepOrder.of(heartbeat), List.of());
        }
        if (plan instanceof CopyTablePlan copy) {
            if (source == null) {
                throw new IllegalArgumentException("A copy of a table needs the source's facts");
            }
            return draft(PlanContext.of(copy, source, replica), StepOrder.of(copy, engines), List.of());
        }
        EndPlan end = (EndPlan) plan;
        return draft(PlanContext.of(end, source, replica), StepOrder.of(end, engines), List.of());
    }

    private CompiledDraft draft(ReplicationPlan plan, PlanContext context) {
        SeedChoice seed = seed(plan, context);
        return draft(
                        context,
                        StepOrder.of(plan, engines, seed, context.replica().isExpected()),
                        seed.notes())
                .with(SkippedChecks.problems(plan.skippedChecks(), checks()));
    }

    /** Everything that plans are judged by, core's own first, then each engine's. */
    public List<CheckDescription> checks() {
        return SkippedChecks.known(rules, engines);
    }

    private SeedChoice seed(ReplicationPlan plan, PlanContext context) {
        boolean copies = plan.start().isEmpty()
                && !context.alreadyReplicating()
                && plan.lastStep().compareTo(GuideStep.SNAPSHOT) >= 0;
        Engine source = engines.of(plan.source());
        return copies
                ? new SeedMatching(context, source, engines.of(plan.replica()), programs).choose(plan)
                : SeedMatching.none(source.snapshotLocks());
    }

    private CompiledDraft draft(PlanContext context, List<Step> order, List<String> aboutSeed) {
        List<Problem> problems = new ArrayList<>(rules.problems(context));
        List<CompiledStep> steps = new ArrayList<>();
        List<StepDraft> drafts = new ArrayList<>();
        for (Step step : order) {
            StepDraft draft = step.compile(context);
            drafts.add(draft);
            problems.addAll(draft.problems());
            steps.add(compiled(step, step.row() == GuideStep.SNAPSHOT ? noted(draft, aboutSeed) : draft, context));
        }
        problems.addAll(rules.missingPrivileges(
                context,
                drafts.stream()
                        .flatMap(draft -> Stream.concat(draft.privileges().stream(), UndoReads.of(draft).stream()))
                        .toList()));
        problems.addAll(DraftRules.problems(context, steps));
        ServerFacts source = context.findSource().orElse(null);
        return new CompiledDraft(
                new CompiledPlanValue(
                        context.plan(),
                        source,
                        context.replica(),
                        context.positioning(),
                        steps,
                        Fingerprint.of(source, context.replica(), steps)),
                problems);
    }

    private static StepDraft noted(StepDraft draft, List<String> notes) {
        StepDraft noted = draft;
        for (String note : notes) {
            noted = noted.note(note);
        }
        return noted;
    }

    private CompiledStep compiled(Step step, StepDraft draft, PlanContext context) {
        Map<GuideStep, java.time.Duration> deadlines = deadlines(context.plan(), step.row());
        return new CompiledStep(
                step.key(),
                step.row(),
                draft.operations(),
                draft.notes(),
                deadlines.getOrDefault(
                        step.row(),
                        StepDeadlines.defaultFor(
                                step.row(), draft.operations(), call -> isForPerson(call, context.plan()))));
    }

    private boolean isForPerson(ControlPlaneOperation call, Plan plan) {
        boolean isOfReplica =
                call.info().target() == Target.REPLICA || call.info().target() == Target.BOTH;
        Endpoint endpoint = isOfReplica
                ? plan.replica()
                : plan.findSource().map(Endpoint.class::cast).orElse(plan.replica());
        return engines.of(endpoint).controlPlane().isEmpty();
    }

    private static Map<GuideStep, java.time.Duration> deadlines(Plan plan, GuideStep row) {
        if (plan instanceof PausePlan pause) {
            return Map.of(row, pause.deadline());
        }
        if (plan instanceof VerifyPlan verify) {
            return verify.replication().deadlines();
        }
        if (plan instanceof CopyTablePlan copy) {
            return copy.replication().deadlines();
        }
        return plan instanceof ReplicationPlan replication ? replication.deadlines() : Map.of();
    }
}
