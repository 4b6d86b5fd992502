// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.Scope;
import dev.sluice.core.Sluice;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a plan, as the user wrote it. */
public final class PlanAssert extends AbstractAssert<PlanAssert, ReplicationPlan> {
    PlanAssert(ReplicationPlan plan) {
        super(plan, PlanAssert.class);
    }

    /** The source is this one. */
    public PlanAssert replicatesFrom(Endpoint source) {
        return is("replicates from", source, isThere().source());
    }

    /** The replica is this one. */
    public PlanAssert replicatesTo(Endpoint replica) {
        return is("replicates to", replica, isThere().replica());
    }

    /** Binary logs are to be kept for so long. */
    public PlanAssert retainsBinlogsFor(Duration window) {
        return is(
                "retains binary logs for",
                TimeText.of(window),
                isThere().binlogRetention().map(TimeText::of).orElse("no time that it names"));
    }

    /** It is about these databases and tables. */
    public PlanAssert isAbout(Scope scope) {
        return is("is about", scope, isThere().scope());
    }

    /** It allows exactly this by name, and nothing else. */
    public PlanAssert allowsOnly(Consent... consents) {
        return is("allows", Set.of(consents), isThere().consents());
    }

    /** It allows none of the downgrades and disruptions that need a consent. */
    public PlanAssert allowsNothing() {
        return allowsOnly();
    }

    /** It is equal after it went to JSON and back, as it does through a journal. */
    public PlanAssert isTheSameAfterBeingStored(Sluice sluice) {
        Plan again = sluice.planFromJson(sluice.toJson(isThere()));
        return is("is after being stored", actual, again);
    }

    private ReplicationPlan isThere() {
        isNotNull();
        return actual;
    }

    private PlanAssert is(String what, Object expected, Object there) {
        if (!Objects.equals(expected, there)) {
            failWithMessage("Expected that the plan %s%n  %s%nbut it has%n  %s", what, expected, there);
        }
        return this;
    }
}
