// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.GtidSet;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.document.Document;
import java.time.Instant;

/** Coordinates as documents. */
public final class CoordinatesCodec {
    private CoordinatesCodec() {}

    public static Document write(Coordinates coordinates) {
        return Document.empty()
                .with("server-uuid", coordinates.serverUuid())
                .with("channel", coordinates.channel())
                .with("file", coordinates.position().file())
                .with("position", coordinates.position().position())
                .with("mysql-gtids", coordinates.gtids().map(GtidSet::toString).orElse(null))
                .with("taken-at", coordinates.takenAt().toString())
                .with("method", coordinates.method());
    }

    public static Coordinates read(Document document) {
        return new Coordinates(
                document.text("server-uuid"),
                document.text("channel"),
                new BinlogPosition(document.text("file"), document.number("position")),
                document.findText("mysql-gtids").map(MySqlGtidSet::parse).orElse(null),
                Instant.parse(document.text("taken-at")),
                document.text("method"));
    }
}
