// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.secret.Secret;
import dev.sluice.aurora.AuroraMySql;
import dev.sluice.external.ExternalMySql;
import dev.sluice.rds.RdsMySql;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What steps say that they do, case by case and server by server, as previews show it. */
final class StepTexts {
    private static final Pattern STEP = Pattern.compile("(?m)^\\d+\\. .*  \\[(\\S+)/\\S+]\\n((?:  .*\\n)*)");
    private static final String OPERATION = "   o";
    private static final int INDENT = 3;
    private static final Secret PASSWORD = Secret.env("PASSWORD");

    private final DocumentedPlans plans;
    private final Map<GuideStep, List<Told>> told = new EnumMap<>(GuideStep.class);

    StepTexts(DocumentedPlans plans) {
        this.plans = plans;
    }

    /**
     * What a step says.
     *
     * @param stepCase the name of the case
     * @param server the label of the servers of both sides
     * @param engine who does the step; {@code ""} if the plan was refused
     * @param text what is done and noted, or why the plan was refused
     * @param acts whether anything is done, not only noted
     */
    record Told(String stepCase, String server, String engine, String text, boolean acts) {}

    /** All that was told of a row, in the order of cases and servers. */
    List<Told> of(GuideStep row) {
        return told.getOrDefault(row, List.of());
    }

    void add(StepCase one, DocumentedServer server) {
        boolean isNew = one.replica().equals(GuidePreview.NEW);
        String replica = isNew ? GuidePreview.NEW : server.label() + one.replica();
        try {
            CompiledPlan compiled = plans.compile(
                    fitting(one.plan().apply(source(server), replica(server)), server),
                    server.label() + one.source(),
                    replica,
                    one.isRunning());
            add(one, server, compiled);
        } catch (PlanRejectedException refused) {
            String why = refused.problems().stream()
                    .map(problem -> "Refused with " + problem.code().id() + ": "
                            + problem.code().meaning())
                    .distinct()
                    .collect(Collectors.joining("\n"));
            tell(one.rows().get(0), new Told(one.name(), server.label(), "", why + "\n", true));
        }
    }

    private void add(StepCase one, DocumentedServer server, CompiledPlan compiled) {
        Matcher step = STEP.matcher(compiled.explain().text());
        for (int i = 0; step.find(); i++) {
            GuideStep row = compiled.steps().get(i).row();
            if (one.shows(row)) {
                String text = step.group(2)
                        .lines()
                        .map(line -> line.substring(INDENT) + "\n")
                        .collect(Collectors.joining());
                boolean acts =
                        step.group(2).startsWith(OPERATION) || step.group(2).contains("\n" + OPERATION);
                tell(row, new Told(one.name(), server.label(), step.group(1), text, acts));
            }
        }
    }

    /** Version 2 of Aurora has no filters, and encrypts no connection to a source. */
    private static Plan fitting(Plan plan, DocumentedServer server) {
        return server == DocumentedServer.AURORA_2 && plan instanceof ReplicationPlan replication
                ? replication.scope(Scope.EVERYTHING).allowPlainText()
                : plan;
    }

    private void tell(GuideStep row, Told what) {
        told.computeIfAbsent(row, first -> new ArrayList<>()).add(what);
    }

    private static SourceEndpoint source(DocumentedServer server) {
        return switch (server.kind()) {
            case EXTERNAL -> ExternalMySql.at("source.example", 3306).credentials("admin", PASSWORD);
            case RDS -> RdsMySql.instance("orders").region("eu-west-1").credentials("admin", PASSWORD);
            case AURORA -> AuroraMySql.cluster("orders").region("eu-west-1").credentials("admin", PASSWORD);
        };
    }

    private static ReplicaEndpoint replica(DocumentedServer server) {
        return switch (server.kind()) {
            case EXTERNAL -> ExternalMySql.at("replica.example", 3306).credentials("admin", PASSWORD);
            case RDS -> RdsMySql.instance("orders-copy").region("eu-west-1").credentials("admin", PASSWORD);
            case AURORA ->
                AuroraMySql.cluster("orders-copy").region("eu-west-1").credentials("admin", PASSWORD);
        };
    }
}
