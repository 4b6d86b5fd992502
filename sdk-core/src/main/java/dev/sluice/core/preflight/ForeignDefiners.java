// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Grants;
import java.util.List;

/** The replica's user may create objects, and enable events, for the definers that they have. */
final class ForeignDefiners implements LiveCheck {
    @Override
    public String id() {
        return "foreign-definers";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.DEFINERS;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        List<String> anyOf = DefinerPrivileges.forOthers(context.replica().version());
        if (Grants.parse(context.replica().grants()).hasAny(anyOf)) {
            return List.of();
        }
        List<String> others = Definers.others(context);
        return others.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        Definers.user(context) + " on " + Labels.replica(context) + " lacks "
                                + String.join(" or ", anyOf) + ", needed to " + Definers.purpose(context)
                                + Listing.of(others),
                        remedy(context, anyOf)));
    }

    private static String remedy(LiveContext context, List<String> anyOf) {
        return NeverGranted.on(context.replica(), anyOf)
                ? NeverGranted.remedy(anyOf.get(0))
                : "GRANT " + anyOf.get(0) + " ON *.* TO " + Definers.user(context);
    }
}
