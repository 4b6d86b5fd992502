// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.spi.StepContext;
import java.util.Locale;

/**
 * Whether a replica with one {@code gtid_mode} can follow a source with another by file and position.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-mode-change-online-concepts.html">MySQL: replication mode
 *     concepts</a>
 */
enum GtidModes {
    /** Every transaction can be followed. */
    FIT,
    /** Replication starts, and a transaction of the kind that the replica does not take stops it. */
    LOOSE,
    /** Replication does not start. */
    CLASH;

    static GtidModes of(String source, String replica) {
        return switch (replica.toUpperCase(Locale.ROOT)) {
            case "OFF" -> withoutGtids(source);
            case "ON" -> withGtidsOnly(source);
            default -> FIT;
        };
    }

    private static GtidModes withoutGtids(String source) {
        return switch (source.toUpperCase(Locale.ROOT)) {
            case "OFF" -> FIT;
            case "OFF_PERMISSIVE" -> LOOSE;
            default -> CLASH;
        };
    }

    private static GtidModes withGtidsOnly(String source) {
        return switch (source.toUpperCase(Locale.ROOT)) {
            case "ON" -> FIT;
            case "ON_PERMISSIVE" -> LOOSE;
            default -> CLASH;
        };
    }

    /** How the servers of a plan fit that does not follow GTIDs. */
    static GtidModes of(StepContext context) {
        boolean byPosition = context.positioning() == Positioning.BINLOG_POSITION
                && context.replication().positioning() != Positioning.GTID;
        return byPosition && PlanReach.replicates(context) ? of(mode(context.source()), mode(context.replica())) : FIT;
    }

    /** Servers that do not know the variable have no GTIDs. */
    static String mode(ServerFacts server) {
        return server.variable("gtid_mode").orElse("OFF");
    }
}
