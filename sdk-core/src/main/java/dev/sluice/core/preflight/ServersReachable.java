// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Both servers let this JVM log in. Nothing else is looked at where they do not. */
final class ServersReachable implements LiveCheck {
    @Override
    public String id() {
        return "servers-reachable";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.UNREACHABLE;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public boolean canBeSkipped() {
        return false;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        List<Problem> problems = new ArrayList<>();
        if (context.plan().findSource().isPresent()) {
            open(Labels.source(context), context::sourceSession, problems);
        }
        if (!context.replica().isExpected()) {
            open(Labels.replica(context), context::replicaSession, problems);
        }
        return problems;
    }

    private void open(String label, Supplier<ServerSession> session, List<Problem> problems) {
        try {
            session.get().query("SELECT 1");
        } catch (StepException failure) {
            Problem why = failure.problems().get(0);
            problems.add(
                    Problem.of(code(), Labels.capital(label) + " cannot be looked at: " + why.what(), why.remedy()));
        }
    }
}
