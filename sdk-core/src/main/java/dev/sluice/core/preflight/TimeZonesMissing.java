// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import java.util.List;

/**
 * The replica knows time zones by name if the source does. The log tells the zone of each session whose statement depends on one, by the
 * name that the session has set.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-features-timezone.html">MySQL: replication and time zones</a>
 */
final class TimeZonesMissing extends NamedCheck {
    /** Any name that is in every edition of the tables. Whoever may query may ask this; the result is NULL for a zone not known. */
    private static final String PROBE = "SELECT CONVERT_TZ('2020-06-01 12:00:00', 'Europe/Paris', '+00:00') AS t";

    TimeZonesMissing() {
        super("time-zones-missing", VersionCode.TIME_ZONES_MISSING, Level.WARNING);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        return PlanReach.replicates(context) && knows(context.sourceSession()) && !knows(context.replicaSession())
                ? List.of(Problem.of(
                        code(),
                        Labels.capital(Labels.source(context)) + " knows the time zone Europe/Paris, and "
                                + Labels.replica(context) + " does not"))
                : List.of();
    }

    private static boolean knows(ServerSession session) {
        return session.queryValue(PROBE).isPresent();
    }
}
