// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;
import java.util.Optional;

/** The source still has its binary log from the plan's start coordinates on. */
final class StartGone implements LiveCheck {
    @Override
    public String id() {
        return "start-gone";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.START_GONE;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (context.alreadyReplicating()) {
            return List.of();
        }
        return context.replication().start().stream()
                .flatMap(start -> context.positioning() == Positioning.GTID
                        ? purged(context, start).stream()
                        : missing(context, start.position()).stream())
                .map(what -> Problem.of(code(), what))
                .toList();
    }

    private static Optional<String> purged(LiveContext context, Coordinates start) {
        MySqlGtidSet have = start.gtids().map(gtids -> (MySqlGtidSet) gtids).orElse(MySqlGtidSet.EMPTY);
        MySqlGtidSet lost = MySqlGtidSet.parse(context.sourceSession()
                        .queryValue("SELECT @@GLOBAL.gtid_purged")
                        .orElse(""))
                .minus(have);
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(Labels.capital(Labels.source(context))
                        + " has purged transactions that come after the start: " + lost);
    }

    private static Optional<String> missing(LiveContext context, BinlogPosition start) {
        Optional<Long> size = context.sourceSession().query("SHOW BINARY LOGS").stream()
                .filter(row -> row.text("Log_name").equals(start.file()))
                .map(row -> row.number("File_size"))
                .findFirst();
        if (size.isEmpty()) {
            return Optional.of(Labels.capital(Labels.source(context)) + " has no binary log " + start.file());
        }
        return start.position() <= size.get()
                ? Optional.empty()
                : Optional.of("The binary log " + start.file() + " on " + Labels.source(context) + " ends at "
                        + size.get() + ", before " + start.position());
    }
}
