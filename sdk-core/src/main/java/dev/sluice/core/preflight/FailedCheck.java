// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.Check;
import dev.sluice.core.mysql.ServerErrorCode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The finding that a check leaves which could not be made. */
final class FailedCheck {
    private FailedCheck() {}

    static Finding of(Check check, @Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof SluiceException told) {
            Problem why = told.problems().get(0);
            Level level = isHidden(check, why) ? atMostWarning(check) : level(check);
            return finding(check, level, Problem.of(CheckCode.CHECK_FAILED, notMade(check) + why.what(), why.remedy()));
        }
        return finding(check, level(check), Problem.of(CheckCode.CHECK_FAILED, notMade(check) + cause));
    }

    static Finding late(Check check, Duration limit) {
        return finding(
                check,
                level(check),
                Problem.of(
                        CheckCode.CHECK_LATE,
                        "The check " + check.id() + " did not end within " + limit.toSeconds() + " s"));
    }

    static Finding interrupted(Check check) {
        return finding(
                check,
                Level.ERROR,
                Problem.of(
                        CheckCode.CHECK_INTERRUPTED,
                        "The check " + check.id() + " was interrupted, and no other made after it"));
    }

    static boolean wasInterrupted(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.problem().code() == CheckCode.CHECK_INTERRUPTED);
    }

    private static String notMade(Check check) {
        return "The check " + check.id() + " could not be made: ";
    }

    private static Finding finding(Check check, Level level, Problem problem) {
        return new Finding(check.id(), level, problem);
    }

    /** What was not looked at may be as bad as what the check looks for. */
    private static Level level(Check check) {
        return check.level();
    }

    /** Whether the user may not see it. What protects data is looked at all the same, unless no plan asks for the privilege. */
    private static boolean isHidden(Check check, Problem why) {
        return why.code() == ServerErrorCode.PRIVILEGE_MISSING && (check.canBeSkipped() || needsMoreThanPlans(check));
    }

    private static boolean needsMoreThanPlans(Check check) {
        return check instanceof LiveCheck core && core.needsMoreThanPlans();
    }

    /** What the user may not see is no reason to forbid a run whose own privileges are all there. */
    private static Level atMostWarning(Check check) {
        return level(check) == Level.NOTE ? Level.NOTE : Level.WARNING;
    }
}
