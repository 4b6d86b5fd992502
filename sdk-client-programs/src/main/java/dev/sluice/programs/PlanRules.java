// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.ReplicationPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What keeps client programs from a plan's copy, as far as the plan itself tells. */
final class PlanRules {
    private PlanRules() {}

    static List<Problem> problems(ReplicationPlan plan) {
        List<Problem> problems = new ArrayList<>();
        Stream.of(plan.source(), plan.replica()).forEach(endpoint -> requireLogin(endpoint, problems));
        if (!plan.allows(Consent.PLAIN_TEXT)) {
            Stream.of(plan.source(), plan.replica()).forEach(endpoint -> requireAuthority(endpoint, problems));
        }
        if (!plan.scope().tables().isEmpty()) {
            problems.add(Problem.of(
                    ProgramCode.SINGLE_TABLES,
                    "The scope names single tables, " + plan.scope().tables() + ", and mysqldump is to copy"));
        }
        return problems;
    }

    private static void requireLogin(Endpoint endpoint, List<Problem> problems) {
        endpoint.connectionSource()
                .ifPresent(name -> problems.add(Problem.of(
                        ProgramCode.NOT_FOR_PROGRAMS,
                        endpoint.label() + " is reached by the host's connection source " + name
                                + ", which mysqldump and mysql cannot use")));
    }

    /** Where plain text is allowed, only the connection tells whether there is a certificate at all. */
    private static void requireAuthority(Endpoint endpoint, List<Problem> problems) {
        if (verifies(endpoint.tls()) && endpoint.tls().ca().isEmpty()) {
            problems.add(Problem.of(
                    ProgramCode.NO_CERTIFICATES,
                    "The certificate of " + endpoint.label() + " is to be verified, and no PEM file is given"));
        }
    }

    private static boolean verifies(Tls tls) {
        return tls.verification() != Tls.Verification.NONE_DANGEROUS_WHERE_THE_NETWORK_IS_NOT_TRUSTED;
    }
}
