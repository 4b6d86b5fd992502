// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.document.Document;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.core.json.Json;

/** What was to be done, to which servers, and what the plan had allowed by name. */
final class PlanPart {
    private final CompiledPlan compiled;

    PlanPart(CompiledPlan compiled) {
        this.compiled = compiled;
    }

    Document document() {
        Document plan = Document.empty()
                .with("positioning", compiled.positioning().name())
                .withTexts(
                        "consents",
                        compiled.plan().consents().stream()
                                .map(Enum::name)
                                .sorted()
                                .toList())
                .with("replica", server(compiled.replicaFacts()))
                .with("explanation", Json.read(compiled.explain().json()));
        return compiled.sourceFacts()
                .map(facts -> plan.with("source", server(facts)))
                .orElse(plan);
    }

    private static Document server(ServerFacts facts) {
        return Document.empty()
                .with("engine", facts.engine().toString())
                .with("address", facts.address().toString())
                .with("version", facts.version().toString())
                .with("serverUuid", facts.serverUuid())
                .with("serverId", facts.serverId())
                .with("tlsOffered", facts.tlsOffered());
    }
}
