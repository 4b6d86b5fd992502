// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.testing.MockContext;
import java.util.List;

/** Plans and servers of unit tests. */
final class Scenario {
    static final ExternalMySql SOURCE =
            ExternalMySql.at("10.0.0.1", 3306).credentials("admin", Secret.named("source-password"));
    static final ExternalMySql REPLICA =
            ExternalMySql.at("10.0.0.2", 3306).credentials("admin", Secret.named("replica-password"));
    static final ReplicationPlan PLAN = ReplicationPlan.from(SOURCE).to(REPLICA);
    static final EndPlan END = EndPlan.of(REPLICA).source(SOURCE);

    private Scenario() {}

    static TestFacts source() {
        return TestFacts.source("8.0.31");
    }

    static TestFacts replica() {
        return TestFacts.replica("8.0.31");
    }

    static MockContext context(ReplicationPlan plan, TestFacts source, TestFacts replica) {
        return MockContext.of(plan, source.facts(), replica.facts());
    }

    static MockContext context(ReplicationPlan plan) {
        return context(plan, source(), replica());
    }

    static MockContext context(EndPlan plan, TestFacts source, TestFacts replica) {
        return MockContext.of(plan, source.facts(), replica.facts());
    }

    /** The codes of a draft's problems. */
    static List<String> codes(StepDraft draft) {
        return draft.problems().stream().map(problem -> problem.code().id()).toList();
    }

    /** The previews of a step's operations. */
    static List<String> statements(Step step, MockContext context) {
        return step.compile(context).operations().stream()
                .flatMap(operation -> operation.preview().stream())
                .toList();
    }
}
